import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { applyFixes } from "../../../cli/fix/apply-fixes.js"
import { type FixPlaces, readPendingFixes } from "../../../cli/fix/pending-fix.js"
import { leaveFix } from "./fixes.js"

let places: FixPlaces

beforeEach(() => {
  const home = mkdtempSync(join(tmpdir(), "quillon-fix-"))
  places = { project: join(home, "project"), fixed: join(home, "fixed") }
})
afterEach(() => rmSync(join(places.project, ".."), { recursive: true, force: true }))

test("a fix is written byte by byte, into the file itself: its mode and inode stay", async () => {
  const change = leaveFix(places, "src/a.py", ["import os\r\nx = 1\r\n", "x = 1\r\n"])
  const path = join(places.project, "src/a.py")
  chmodSync(path, 0o751)
  const { ino } = statSync(path)
  const { fixes } = await readPendingFixes([change], places)
  expect(await applyFixes(places.project, fixes)).toEqual([])
  expect(readFileSync(path, "utf8")).toBe("x = 1\r\n")
  expect(statSync(path).mode & 0o777).toBe(0o751)
  expect(statSync(path).ino).toBe(ino)
})

test("a file that was edited while the person thought is left as it is, the others are written", async () => {
  const changes = ["a.py", "b.py"].map((path) => leaveFix(places, path, ["old\n", "new\n"]))
  const { fixes } = await readPendingFixes(changes, places)
  writeFileSync(join(places.project, "a.py"), "mine\n")
  expect(await applyFixes(places.project, fixes)).toEqual(["a.py"])
  expect(readFileSync(join(places.project, "a.py"), "utf8")).toBe("mine\n")
  expect(readFileSync(join(places.project, "b.py"), "utf8")).toBe("new\n")
})
