import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { findRun } from "../../../cli/report-page/find-run.js"

let cwd: string
let runs: string
const OLD = "20261124-053012-ab12"
const KILLED = "20261124-053100-cd34"

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), "quillon-runs-"))
  runs = join(cwd, ".quillon", "runs")
  await mkdir(join(runs, OLD), { recursive: true })
  await writeFile(join(runs, OLD, "report.json"), "{}")
  await mkdir(join(runs, KILLED))
  await writeFile(join(runs, KILLED, "progress.jsonl"), "")
  await mkdir(join(runs, "20261124-060000-0000"))
})

afterEach(() => rm(cwd, { recursive: true, force: true }))

const find = (wanted?: string, here = cwd) =>
  findRun({ cwd: here, env: { XDG_CACHE_HOME: join(cwd, "cache") } }, wanted)

test("the newest run that left something is meant, killed or not", async () => {
  expect(await find()).toBe(join(runs, KILLED))
})

test.each([
  ["its id", OLD],
  ["its folder", join(".quillon", "runs", OLD)],
  ["its report", join(".quillon", "runs", OLD, "report.json")],
])("a run is named by %s", async (_, wanted) => {
  expect(await find(wanted)).toBe(join(runs, OLD))
})

test("a project's folder means its newest run", async () => {
  expect(await find(cwd, tmpdir())).toBe(join(runs, KILLED))
})

test("a run that is not there is refused by name", async () => {
  await expect(find("20200101-000000-0000")).rejects.toThrow("there is no run 20200101-000000-0000")
})
