import type { Client, Container, File } from "@dagger.io/dagger"
import { QuillonError } from "../errors.js"
import type { ArtifactKind } from "../pipeline/artifact.js"
import { IMAGE_TARBALL } from "../stages/image.js"
import { containerOf, type ModuleRun } from "./run-module.js"

/** The image that the stage of that name has built and looked at. @throws QuillonError NO_CONTAINER where it built none */
export function imageOf(dag: Client, run: ModuleRun): Container {
  return dag.container().import_(containerOf(run, "image", "inspect").file(IMAGE_TARBALL))
}

/** The first file of a kind that a run left. @throws QuillonError NO_ARTIFACT with the reason why there is none */
export function fileOf({ report, artifacts }: ModuleRun, stage: string, kind: ArtifactKind): File {
  const cells = report.cells.filter((cell) => cell.stage === stage)
  const found = cells.flatMap((cell) => cell.artifacts.map(({ path }) => path.replace(/^artifacts\//, "")))
  const path = found.find((known) => known.split("/")[1] === kind)
  if (path !== undefined) return artifacts.file(path)
  throw new QuillonError({
    code: "NO_ARTIFACT",
    message: `${stage} left no ${kind}: ${cells[0]?.reason ?? "it made none"}`,
    next: "dagger call inspect shows what the project is",
    kind: "usage",
  })
}
