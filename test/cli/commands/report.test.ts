import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { reportCommand } from "../../../cli/commands/report.js"
import { fakeIo } from "../fake-io.js"
import { cellReport, finding, reportOf } from "../reports.js"

const ID = "20261124-053012-ab12"
let cwd: string
let run: string

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), "quillon-report-"))
  run = join(cwd, ".quillon", "runs", ID)
  await mkdir(run, { recursive: true })
})
afterEach(() => rm(cwd, { recursive: true, force: true }))

async function report(...args: readonly string[]): Promise<string> {
  const io = fakeIo({ cwd })
  await reportCommand(io).parseAsync([...args], { from: "user" })
  return io.out()
}

async function leave(): Promise<void> {
  const trace = "artifacts/coverage/coverage-report/lcov.info"
  const cell = cellReport({ outcome: "failed", reason: "1 finding", findings: [finding()] })
  const covered = cellReport({
    stage: "coverage",
    measures: { percent: 99.96 },
    artifacts: [{ path: trace.replace("lcov.info", "coverage.xml"), sha256: "a".repeat(64), bytes: 1 }],
  })
  await writeFile(join(run, "report.json"), JSON.stringify(reportOf([cell, covered], { outcome: "failed" })))
  await mkdir(join(run, "artifacts/coverage/coverage-report"), { recursive: true })
  await writeFile(join(run, trace), "SF:src/a.py\nDA:1,1\nDA:2,0\nend_of_record\n")
  await mkdir(join(run, "logs/lint"), { recursive: true })
  await writeFile(join(run, "logs/lint/check.log"), "what ruff printed\n")
}

test("the page of the newest run goes into its folder, and the command says where", async () => {
  await leave()
  expect(await report()).toBe(`.quillon/runs/${ID}/report.html: run ${ID}, failed\n`)
  const page = await readFile(join(run, "report.html"), "utf8")
  expect(page).toContain("`os` imported but unused")
  expect(page).toContain("what ruff printed")
})

test("coverage is shown by file, and what is not covered whole is never rounded up to it", async () => {
  await leave()
  const page = await report("-o", "-")
  expect(page).toContain('<th scope="row">src/a.py</th><td class="number">50.0 %')
  expect(page).toContain("99.9 %")
})

test("a run that was killed is shown as far as it is known", async () => {
  const head = { engine: { version: "v1", host: "h" }, commit: null, dirty: null, path: "." }
  const cells = [{ address: "lint", stage: "lint", cell: "", title: "lint", after: [] }]
  const lines = [
    { kind: "head", head },
    { kind: "run-started", id: ID, at: 1, project: { name: "parcels" }, cells },
  ]
  await writeFile(join(run, "progress.jsonl"), lines.map((line) => `${JSON.stringify(line)}\n`).join(""))
  expect(await report()).toContain("did not end")
  expect(await readFile(join(run, "report.html"), "utf8")).toContain("had not begun when the run ended")
})

test.each([
  ["no JSON", "{"],
  ["from a version that is not known", JSON.stringify({ schema: 2 })],
])("a report that is %s is refused by its folder", async (_, text) => {
  await writeFile(join(run, "report.json"), text)
  await expect(report()).rejects.toThrow(`can't read the run in ${run}`)
})

test("a file that can't be written is named", async () => {
  await leave()
  await expect(report("-o", "gone/page.html")).rejects.toThrow(join(cwd, "gone/page.html"))
})
