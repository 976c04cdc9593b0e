import type { Client, Directory } from "@dagger.io/dagger"
import type { Report } from "../pipeline/report.js"

/** Artifact kinds that an index takes. */
const KINDS = ["sdist", "wheel"]

/** Sdist and wheels side by side, as `dist/` has them, out of all that a run left. */
export function distributionsOf(dag: Client, report: Report, artifacts: Directory): Directory {
  const paths = report.cells.flatMap((cell) => cell.artifacts.map(({ path }) => path.replace(/^artifacts\//, "")))
  return paths
    .filter((path) => KINDS.includes(path.split("/")[1] ?? ""))
    .reduce((folder, path) => folder.withFile(path.split("/").at(-1) ?? path, artifacts.file(path)), dag.directory())
}
