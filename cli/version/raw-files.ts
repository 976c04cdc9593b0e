import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { decodeText } from "../../src/project/decode-text.js"
import type { ProjectFiles } from "../../src/project/files.js"
import { createHostFiles } from "../host-files.js"

/** The project's files as they are, byte order marks included: a mark at the head of VERSION is a finding. */
export function createRawFiles(folder: string): ProjectFiles {
  const shown = createHostFiles(folder)
  return {
    list: () => shown.list(),
    async read(path) {
      const text = await shown.read(path)
      return text === undefined ? undefined : decodeText(await readFile(join(folder, path)), { path, marks: "kept" })
    },
  }
}
