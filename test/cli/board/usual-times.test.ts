import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { readUsualTimes, usualTimes } from "../../../cli/board/usual-times.js"
import { cellReport, reportOf } from "../reports.js"

const took = (...seconds: readonly number[]) => seconds.map((each) => reportOf([cellReport({ seconds: each })]))

test.each([
  ["of an odd number the middle one", took(1, 90, 3), 3],
  ["of an even number between the two in the middle", took(1, 2, 4, 90), 3],
])("the usual time is the median: %s", (_, reports, seconds) => {
  expect(usualTimes(reports).cells.get("lint")).toBe(seconds)
})

test.each([
  ["came from the cache", { cached: true }],
  ["could not look", { outcome: "errored" }],
  ["never ran", { outcome: "skipped" }],
] as const)("a cell that %s says nothing of how long it takes", (_, differs) => {
  expect(usualTimes([reportOf([cellReport(differs)])]).cells.size).toBe(0)
})

test("the newest five runs that can be read are asked", async () => {
  const runs = await mkdtemp(join(tmpdir(), "quillon-usual-"))
  try {
    for (const [index, report] of took(100, 100, 5, 5, 5, 5, 5).entries()) {
      const folder = join(runs, `20261124-05301${index}-ab12`)
      await mkdir(folder)
      await writeFile(join(folder, "report.json"), JSON.stringify(report))
    }
    await mkdir(join(runs, "20261124-060000-dead"))
    expect((await readUsualTimes(runs)).cells).toEqual(new Map([["lint", 5]]))
  } finally {
    await rm(runs, { recursive: true, force: true })
  }
})

test("a project without runs has no usual times", async () => {
  expect((await readUsualTimes("/does/not/exist")).cells.size).toBe(0)
})
