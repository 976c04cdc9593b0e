import { writeFile } from "node:fs/promises"
import { QuillonError } from "../src/errors.js"

/** Writes a file that a person named. @throws QuillonError CANT_WRITE */
export async function writeOutput(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new QuillonError(
      {
        code: "CANT_WRITE",
        message: `can't write ${path}: ${why}`,
        next: "name a file that can be written",
        kind: "usage",
      },
      { cause },
    )
  }
}
