import type { Client, Directory } from "@dagger.io/dagger"
import type { ArtifactKind, KeptFile } from "../pipeline/artifact.js"

/** Which kept files of a supervised command are meant. */
export interface Kept {
  /** The folder that the supervisor wrote. */
  readonly output: Directory
  readonly kind: ArtifactKind
  readonly files: readonly KeptFile[]
}

/**
 * A lazy folder of what was kept, whose cache key is the content of its files. The engine keys files by content and
 * folders by how they were made, so that `output.directory(…)` would repeat every later step when this one was repeated.
 */
export function keptDirectory(dag: Client, { output, kind, files }: Kept): Directory {
  return files.reduce(
    (directory, { path }) => directory.withFile(path, output.file(`kept/${kind}/${path}`)),
    dag.directory(),
  )
}
