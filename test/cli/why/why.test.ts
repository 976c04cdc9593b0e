import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { why } from "../../../cli/why/why.js"
import type { CellInputs, Inputs } from "../../../src/capsule/inputs.js"
import { writeFiles } from "../../write-files.js"
import { fakeIo } from "../fake-io.js"

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "quillon-why-"))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const view = { include: ["**"], exclude: [], levels: 0, ignored: false }
const cell = (cached: boolean, outcome: CellInputs["outcome"] = "passed"): CellInputs => ({
  ...{ outcome, cached, seconds: 1, attempts: 1, after: [], commands: [], views: [view], gives: {}, tools: [] },
})

/** Writes what a run depended on: one file with this digest. */
async function run(id: string, digest: string, cells: Inputs["cells"]): Promise<void> {
  const inputs: Inputs = {
    ...{ schema: 1, id, quillon: "1.0.0", engine: { version: "v0", host: "a" }, path: "." },
    ...{
      files: { "a.py": digest, "\u001b[31mb.py": digest },
      settings: {},
      images: [],
      packages: {},
      fresh: [],
      cells,
    },
  }
  await writeFiles(cwd, { [`.quillon/runs/${id}/inputs.json`]: JSON.stringify(inputs) })
}

const [FIRST, SECOND, THIRD] = ["20260101-000000-aaaa", "20260102-000000-aaaa", "20260103-000000-aaaa"] as const

async function said(name: string, format: "text" | "json" = "text"): Promise<string> {
  const io = fakeIo({ cwd, env: { XDG_CACHE_HOME: cwd } })
  await why(io, { name, path: ".", format })
  return io.out()
}

test("a cell is compared with the last run in which it was executed; what escapes the terminal does not", async () => {
  await run(FIRST, "1", { "test@3.11": cell(false), lint: cell(false) })
  await run(SECOND, "2", { "test@3.11": cell(false, "skipped"), lint: cell(false) })
  await run(THIRD, "2", { "test@3.11": cell(false), lint: cell(true) })
  await writeFiles(cwd, { ".quillon/runs/20260104-000000-aaaa/inputs.json": "half a fi" })
  expect(await said("test")).toBe(`test@3.11 ran in ${THIRD}, since ${FIRST}:\n  b.py changed\n  a.py changed\n`)
  expect(await said("lint")).toBe(`lint was cached in ${THIRD}: nothing changed since ${SECOND}\n`)
})

test("a run of other stages is passed over", async () => {
  await run(FIRST, "1", { lint: cell(false) })
  await run(SECOND, "1", { test: cell(false) })
  expect(await said("lint")).toBe(`lint ran in ${FIRST}: no earlier run of it is recorded\n`)
})

test("programs read the same", async () => {
  await run(FIRST, "1", { lint: cell(false) })
  await run(SECOND, "1", { lint: cell(true) })
  expect(JSON.parse(await said("lint", "json"))).toEqual({
    schema: 1,
    cells: [{ cell: "lint", run: SECOND, before: FIRST, state: "cached", changes: [], explained: true, blind: [] }],
  })
})

test("without a run, or without such a cell, there is a line to type", async () => {
  await expect(said("lint")).rejects.toMatchObject({ code: "NO_RUN_RECORDED" })
  await run(FIRST, "1", { lint: cell(false) })
  await expect(said("tset")).rejects.toMatchObject({ code: "UNKNOWN_CELL", next: "name one of: lint" })
})
