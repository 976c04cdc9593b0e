import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"
import { QuillonError } from "../../errors.js"
import { addressOf } from "../../pipeline/cell.js"
import type { CellReport } from "../../pipeline/report.js"
import { IMAGE_TARBALL } from "../../stages/image.js"
import type { Collector } from "../collector.js"

/** An image on this disk, in OCI's layout. */
export interface ExportedImage {
  readonly folder: string
  /** `sha256:…` of its manifest. */
  readonly digest: string
}

const LAYOUT = "/tmp/layout"

const indexSchema = z.object({ manifests: z.array(z.object({ digest: z.string() })).min(1) })

/**
 * Brings the image that a run built and tried to this disk: the very tarball that was inspected.
 *
 * @throws QuillonError NO_IMAGE where the run built none
 */
export async function exportImage(
  collector: Collector,
  cell: CellReport | undefined,
  run: string,
): Promise<ExportedImage> {
  const container = cell && collector.container(addressOf(cell.stage, { key: cell.cell }), "inspect")
  if (container === undefined) throw noImage()
  const folder = join(run, "image")
  await container
    .withExec(["tar", `--one-top-level=${LAYOUT}`, "-xf", IMAGE_TARBALL])
    .directory(LAYOUT)
    .export(folder)
  const { manifests } = indexSchema.parse(JSON.parse(await readFile(join(folder, "index.json"), "utf8")))
  return { folder, digest: manifests[0]?.digest ?? "" }
}

function noImage(): QuillonError {
  return new QuillonError({
    code: "NO_IMAGE",
    message: "release.targets.image names a registry, and the pipeline built no image",
    next: "add a Dockerfile, or set image.smoke so that one is generated",
    kind: "usage",
  })
}
