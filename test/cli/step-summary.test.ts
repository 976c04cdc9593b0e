import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { appendStepSummary } from "../../cli/step-summary.js"
import { cellReport, reportOf } from "./reports.js"

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "quillon-summary-"))
  file = join(folder, "summary")
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const env = () => ({ env: { GITHUB_STEP_SUMMARY: file } })

test("the summary is appended to what the step wrote before", async () => {
  writeFileSync(file, "# before\n")
  expect(await appendStepSummary(env(), reportOf([cellReport()]))).toBeUndefined()
  expect(readFileSync(file, "utf8")).toMatch(/^# before\n## ✅ parcels 1\.4\.0: passed\n/)
})

test("a red run says how to stand in the container on another machine, a green one does not", async () => {
  const cells = [cellReport(), cellReport({ stage: "test", cell: "3.11", outcome: "failed" })]
  await appendStepSummary(env(), reportOf(cells, { outcome: "failed" }))
  expect(readFileSync(file, "utf8")).toContain("download the artifact, then `quillon debug quillon.zip test@3.11`\n")
  writeFileSync(file, "")
  await appendStepSummary(env(), reportOf([cellReport()]))
  expect(readFileSync(file, "utf8")).not.toContain("quillon debug")
})

test("all that the step wrote stays within GitHub's limit", async () => {
  writeFileSync(file, "x".repeat(900_000))
  const cells = Array.from({ length: 20 }, () => cellReport({ outcome: "errored", detail: "y".repeat(20_000) }))
  await appendStepSummary(env(), reportOf(cells, { outcome: "errored" }))
  expect(statSync(file).size).toBeGreaterThan(1_000_000)
  expect(statSync(file).size).toBeLessThanOrEqual(1024 * 1024)
})

test("a page that is full, or can't be written, is told and no reason to fail", async () => {
  writeFileSync(file, "x".repeat(1_045_000))
  expect(await appendStepSummary(env(), reportOf([]))).toContain("summary.md")
  expect(await appendStepSummary({ env: { GITHUB_STEP_SUMMARY: folder } }, reportOf([]))).toContain("can't be written")
})

test("elsewhere nothing is written", async () => {
  expect(await appendStepSummary({ env: {} }, reportOf([]))).toBeUndefined()
})
