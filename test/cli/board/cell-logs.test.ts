import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { readCellLogs } from "../../../cli/board/cell-logs.js"
import { cellReport, reportOf } from "../reports.js"

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "quillon-logs-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(address: string, name: string, text: string): void {
  mkdirSync(join(folder, "logs", address), { recursive: true })
  writeFileSync(join(folder, "logs", address, name), text)
}

const report = reportOf([
  cellReport({ outcome: "failed" }),
  cellReport({ stage: "test", cell: "3.11", outcome: "errored" }),
  cellReport({ stage: "types" }),
])

test("the logs of cells that went wrong are read, those that say something", async () => {
  write("lint", "check.log", "bad\n")
  write("lint", "format.log", " \n")
  write("test@3.11", "pytest.stderr.log", "boom\n")
  write("types", "mypy.log", "fine\n")
  expect(await readCellLogs(folder, report)).toEqual([
    { title: "lint check", text: "bad\n" },
    { title: "test@3.11 pytest.stderr", text: "boom\n" },
  ])
})

test("of a long log the end is read, from a line's begin, and what is left out is told", async () => {
  write("lint", "check.log", `${"x".repeat(99)}\n`.repeat(1000))
  const [log] = await readCellLogs(folder, report)
  const lines = log?.text.split("\n") ?? []
  expect(lines[0]).toBe(`… ${100_000 - 64 * 1024} bytes before this are in the run's folder`)
  expect(lines[1]).toBe("x".repeat(99))
  expect(log?.text.length).toBeLessThan(66 * 1024)
})

test("a cell that left no logs has none", async () => {
  expect(await readCellLogs(folder, report)).toEqual([])
})
