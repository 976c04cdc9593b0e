import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Files, writeFiles } from "../write-files.js"

/** Writes a project of a few files into a fresh folder. */
export async function writeProject(files: Files): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "quillon-build-"))
  await writeFiles(folder, files)
  return folder
}
