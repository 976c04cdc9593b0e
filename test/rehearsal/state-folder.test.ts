import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { newAccess } from "../../rehearsal/access.js"
import { claimFolder, readAccess, readControl, releaseFolder, writeAccess } from "../../rehearsal/state-folder.js"

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "quillon-state-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

test("a folder has one holder, until that one lets go", async () => {
  expect(await claimFolder(folder, process.pid)).toBe(true)
  expect(await claimFolder(folder, process.pid)).toBe(false)
  await releaseFolder(folder)
  expect(await claimFolder(folder, process.pid)).toBe(true)
})

test("a holder that was killed holds nothing", async () => {
  // The kernel gives out no number as large as this (pid_max is at most 2^22).
  writeFileSync(join(folder, "holder"), "4194305\n")
  expect(await claimFolder(folder, process.pid)).toBe(true)
})

test("credentials are for this user alone, and are read as they were written", async () => {
  const access = newAccess()
  await writeAccess(folder, access)
  expect(statSync(join(folder, "access.json")).mode & 0o777).toBe(0o600)
  expect(await readAccess(folder)).toEqual(access)
})

test("two rehearsals share no credential", () => {
  const [one, other] = [newAccess(), newAccess()].map(({ credentials }) => Object.values(credentials))
  expect(one?.filter((secret) => other?.includes(secret))).toEqual([])
})

test("what another version wrote is refused with what to type", async () => {
  writeFileSync(join(folder, "access.json"), '{"schema":2}')
  await expect(readAccess(folder)).rejects.toMatchObject({
    code: "REHEARSAL_STATE",
    next: "quillon rehearsal down --purge, then: quillon rehearsal up",
  })
})

test("nobody is spoken to where no holder is", async () => {
  expect(await readControl(folder)).toBeUndefined()
})
