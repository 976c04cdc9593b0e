import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { createRunFolder, type RunFolder } from "../../cli/run-folder.js"
import { writeResults } from "../../cli/run-results.js"
import { cellReport, reportOf } from "./reports.js"

const COVERED = "artifacts/coverage/coverage-report/coverage.xml"
const coverage = cellReport({ stage: "coverage", artifacts: [{ path: COVERED, sha256: "00", bytes: 5 }] })
let project: string
let run: RunFolder

beforeEach(async () => {
  project = mkdtempSync(join(tmpdir(), "quillon-results-"))
  run = await createRunFolder({ project, cache: project, id: "20261124-053012-ab12" })
})
afterEach(() => rmSync(project, { recursive: true, force: true }))

test("a run leaves the files that CI systems read, at one path whatever its id", async () => {
  await writeResults(run, reportOf([cellReport()]), 20)
  expect(readdirSync(join(project, ".quillon/runs/latest")).sort()).toEqual([
    "gl-code-quality.json",
    "junit.xml",
    "quillon.sarif",
    "report.json",
    "summary.md",
  ])
})

test("the coverage that a stage kept lies beside them", async () => {
  mkdirSync(join(run.path, "artifacts/coverage/coverage-report"), { recursive: true })
  writeFileSync(join(run.path, COVERED), "<xml>")
  await writeResults(run, reportOf([coverage]), 20)
  expect(readFileSync(join(run.path, "coverage.xml"), "utf8")).toBe("<xml>")
})

test("coverage that an interrupted run did not keep is no error", async () => {
  await writeResults(run, reportOf([coverage]), 20)
  expect(readdirSync(run.path)).not.toContain("coverage.xml")
})
