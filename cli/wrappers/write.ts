import { mkdir } from "node:fs/promises"
import { dirname, join } from "node:path"
import { writeOutput } from "../write-output.js"

/** Writes a file of a repository, with the folders above it. @throws QuillonError CANT_WRITE */
export async function writeBelow(root: string, { path, text }: { path: string; text: string }): Promise<void> {
  const target = join(root, path)
  // What is in the way of a folder is in the way of the file, which is said better.
  await mkdir(dirname(target), { recursive: true }).catch(() => {})
  await writeOutput(target, text)
}
