import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { unpassedCells } from "../../cli/last-run.js"
import { readSaltMemory } from "../../cli/salt-memory.js"
import { cellReport, reportOf } from "./reports.js"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "quillon memory "))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe("readSaltMemory", () => {
  test("recalls in the next run what one remembered", async () => {
    const path = join(folder, "salts.json")
    const first = await readSaltMemory(path)
    expect(first.recall("lint")).toBeUndefined()
    first.remember("lint", "n1")
    await first.save()
    expect((await readSaltMemory(path)).recall("lint")).toBe("n1")
  })

  test("writes nothing when nothing was remembered", async () => {
    const path = join(folder, "gone/salts.json")
    await expect((await readSaltMemory(path)).save()).resolves.toBeUndefined()
  })

  test.each(["", "[1]", '{"lint": 1}'])("a broken file (%j) is no memory", async (text) => {
    const path = join(folder, "salts.json")
    writeFileSync(path, text)
    const memory = await readSaltMemory(path)
    expect(memory.recall("lint")).toBeUndefined()
    memory.remember("lint", "n2")
    await memory.save()
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({ lint: "n2" })
  })
})

describe("unpassedCells", () => {
  function last(text: string): void {
    mkdirSync(join(folder, ".quillon/runs/latest"), { recursive: true })
    writeFileSync(join(folder, ".quillon/runs/latest/report.json"), text)
  }

  test("names what failed, could not look, or never came to it", async () => {
    const report = reportOf([
      cellReport(),
      cellReport({ stage: "types", outcome: "errored" }),
      cellReport({ stage: "build", outcome: "failed" }),
      cellReport({ stage: "test", cell: "3.11", outcome: "skipped", skip: "input" }),
      cellReport({ stage: "test", cell: "3.13", outcome: "skipped", skip: "cancelled" }),
      cellReport({ stage: "image", outcome: "skipped", skip: "not-applicable" }),
    ])
    last(JSON.stringify(report))
    expect(await unpassedCells(folder)).toEqual(["types", "build", "test@3.11", "test@3.13"])
  })

  test.each([undefined, "not json", '{"schema": 2}'])("without a report (%j) it says what to type", async (text) => {
    if (text !== undefined) last(text)
    await expect(unpassedCells(folder)).rejects.toMatchObject({ code: "NO_LAST_RUN", next: "quillon ci" })
  })
})
