import { readFile, rename, writeFile } from "node:fs/promises"
import { z } from "zod"
import type { Address } from "../src/pipeline/cell.js"
import type { SaltMemory } from "../src/pipeline/world.js"

/** A memory that is written to a file when the run ends. */
export interface SaltFile extends SaltMemory {
  /** Writes what was remembered since it was read; nothing when nothing was. */
  save(): Promise<void>
}

const saltsSchema = z.record(z.string(), z.string())

/** Reads `.quillon/salts.json`. A file that can't be read is no memory: it only costs a repeated step. */
export async function readSaltMemory(path: string): Promise<SaltFile> {
  const salts = new Map<Address, string>(Object.entries(await readSalts(path)))
  let changed = false
  return {
    recall: (address) => salts.get(address),
    remember(address, nonce) {
      changed = true
      salts.set(address, nonce)
    },
    async save() {
      if (!changed) return
      const draft = `${path}.${process.pid}`
      await writeFile(draft, `${JSON.stringify(Object.fromEntries(salts), null, 2)}\n`)
      await rename(draft, path)
    },
  }
}

async function readSalts(path: string): Promise<Readonly<Record<string, string>>> {
  try {
    return saltsSchema.parse(JSON.parse(await readFile(path, "utf8")))
  } catch {
    return {}
  }
}
