import { existsSync } from "node:fs"
import { mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { QuillonError } from "../src/errors.js"
import { type Access, accessSchema, newAccess } from "./access.js"
import { isProcessAlive } from "./process-alive.js"

/** Where a rehearsal keeps everything: `<cache>/rehearsal`. */
export function rehearsalFolder(cache: string): string {
  return join(cache, "rehearsal")
}

/** How the process that holds a rehearsal is spoken to. */
export interface Control {
  readonly port: number
  readonly token: string
  readonly pid: number
}

/** Names and credentials of the folder's rehearsal; new ones where it has none. @throws QuillonError REHEARSAL_STATE */
export async function readAccess(folder: string): Promise<Access> {
  const file = join(folder, "access.json")
  if (!existsSync(file)) return newAccess()
  const read = accessSchema.safeParse(JSON.parse(await readFile(file, "utf8")))
  if (read.success) return read.data
  throw new QuillonError({
    code: "REHEARSAL_STATE",
    message: `${file} was written by another version of Quillon`,
    next: "quillon rehearsal down --purge, then: quillon rehearsal up",
    kind: "environment",
  })
}

/** Writes names and credentials down, for this user alone. */
export async function writeAccess(folder: string, access: Access): Promise<void> {
  await writePrivately(join(folder, "access.json"), access)
}

/** Says how the holder is spoken to; it is there as long as the holder is up. */
export async function writeControl(folder: string, control: Control): Promise<void> {
  await writePrivately(join(folder, "control.json"), control)
}

/** How the holder is spoken to; undefined where none wrote it. A holder that was killed leaves it behind. */
export async function readControl(folder: string): Promise<Control | undefined> {
  const text = await readFile(join(folder, "control.json"), "utf8").catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as Control)
}

/** Takes back what the holder said. */
export async function removeControl(folder: string): Promise<void> {
  await rm(join(folder, "control.json"), { force: true })
}

/** Makes the folder this process's; false where a living process has it. */
export async function claimFolder(folder: string, pid: number): Promise<boolean> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, "holder")
  for (let attempt = 0; attempt < 2; attempt++) {
    const made = await open(file, "wx").catch(() => undefined)
    if (made !== undefined) {
      await made.writeFile(`${pid}\n`)
      await made.close()
      return true
    }
    const holder = Number(await readFile(file, "utf8").catch(() => ""))
    if (holder > 0 && isProcessAlive(holder)) return false
    await rm(file, { force: true })
  }
  return false
}

/** Gives the folder back. */
export async function releaseFolder(folder: string): Promise<void> {
  await rm(join(folder, "holder"), { force: true })
}

async function writePrivately(file: string, value: unknown): Promise<void> {
  await writeFile(`${file}.half`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  await rename(`${file}.half`, file)
}
