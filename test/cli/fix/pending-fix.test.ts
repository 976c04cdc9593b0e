import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { type FixPlaces, readPendingFixes } from "../../../cli/fix/pending-fix.js"
import { leaveFix } from "./fixes.js"

let home: string
let places: FixPlaces

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "quillon-fix-"))
  places = { project: join(home, "project"), fixed: join(home, "fixed") }
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

test("a file that still is what the fix was made from would change", async () => {
  const change = leaveFix(places, "a.py", ["old", "new"])
  expect(await readPendingFixes([change], places)).toEqual({
    fixes: [{ path: "a.py", before: Buffer.from("old"), after: Buffer.from("new") }],
    edited: [],
  })
})

test.each<[string, (path: string) => void]>([
  ["was edited while ruff worked", (path) => writeFileSync(path, "mine")],
  ["is gone", (path) => rmSync(path)],
  [
    "is a link that leaves the project now",
    (path) => {
      rmSync(path)
      writeFileSync(join(home, "outside.py"), "old")
      symlinkSync(join(home, "outside.py"), path)
    },
  ],
])("a file that %s would not", async (_, change) => {
  const fixed = leaveFix(places, "a.py", ["old", "new"])
  change(join(places.project, "a.py"))
  expect(await readPendingFixes([fixed], places)).toEqual({ fixes: [], edited: ["a.py"] })
})

test("no path of the engine reaches out of the project", async () => {
  leaveFix(places, "a.py", ["", ""])
  const outside = leaveFix({ project: home, fixed: home }, "outside.py", ["old", "old"])
  const change = { ...outside, path: "../outside.py" }
  expect((await readPendingFixes([change], places)).edited).toEqual(["../outside.py"])
})
