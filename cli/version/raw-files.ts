import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { ProjectFiles } from "../../src/project/files.js"
import { createHostFiles } from "../host-files.js"

/** The project's files as they are, byte order marks included: a mark at the head of VERSION is a finding. */
export function createRawFiles(folder: string): ProjectFiles {
  const shown = createHostFiles(folder)
  return {
    list: () => shown.list(),
    async read(path) {
      const text = await shown.read(path)
      return text === undefined ? undefined : decode(await readFile(join(folder, path)))
    },
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
}
