import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { createRunFolder, pointLatest, pruneRuns } from "../../cli/run-folder.js"
import { formatRunId, isRunId } from "../../cli/run-id.js"

let project: string
let cache: string

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "quillon runs "))
  cache = mkdtempSync(join(tmpdir(), "quillon cache "))
})
afterEach(() => {
  for (const folder of [project, cache]) rmSync(folder, { recursive: true, force: true })
})

const id = (n: number) => formatRunId(Date.UTC(2026, 10, 24, 5, 30, n), "ab12ffff")

test("an id sorts by time and says it in UTC", () => {
  expect(id(12)).toBe("20261124-053012-ab12")
  expect(isRunId(id(12))).toBe(true)
  expect(isRunId("latest")).toBe(false)
})

test("a run's folder lies in the project, where git ignores it", async () => {
  const run = await createRunFolder({ project, cache, id: id(1) })
  expect(run).toEqual({ id: id(1), path: join(project, ".quillon/runs", id(1)) })
  expect(readFileSync(join(project, ".quillon/.gitignore"), "utf8")).toBe("*\n")
})

test("a .gitignore that a person changed stays", async () => {
  mkdirSync(join(project, ".quillon"))
  writeFileSync(join(project, ".quillon/.gitignore"), "mine\n")
  await createRunFolder({ project, cache, id: id(1) })
  expect(readFileSync(join(project, ".quillon/.gitignore"), "utf8")).toBe("mine\n")
})

test("where the project can't be written to, the run is kept in the cache, and said to be", async () => {
  // A file in the folder's place is refused for root too.
  writeFileSync(join(project, ".quillon"), "")
  await expect(createRunFolder({ project, cache, id: id(1) })).rejects.toThrow(/ENOTDIR|EEXIST/)
  const run = await createRunFolder({ project: "/sys", cache, id: id(1) })
  expect(run.path).toBe(join(cache, "runs", id(1)))
  expect(run.elsewhere).toContain(run.path)
})

test("latest points to the newest run, also when it pointed elsewhere before", async () => {
  for (const n of [1, 2]) await pointLatest(await createRunFolder({ project, cache, id: id(n) }))
  expect(readlinkSync(join(project, ".quillon/runs/latest"))).toBe(id(2))
})

test("old runs are removed, the newest and what is no run stay", async () => {
  let run = await createRunFolder({ project, cache, id: id(0) })
  for (let n = 1; n < 5; n += 1) run = await createRunFolder({ project, cache, id: id(n) })
  await pointLatest(run)
  writeFileSync(join(project, ".quillon/runs/notes.txt"), "")
  expect(await pruneRuns(run, 2)).toEqual([id(0), id(1), id(2)])
  expect(readdirSync(join(project, ".quillon/runs")).sort()).toEqual([id(3), id(4), "latest", "notes.txt"])
})

test("where no link can be made, latest is a copy of the newest run, and a link again where one can", async () => {
  const refused = async () => Promise.reject(Object.assign(new Error("no links"), { code: "EPERM" }))
  const read = () => readFileSync(join(project, ".quillon/runs/latest/report.json"), "utf8")
  for (const [n, link] of [refused, refused, undefined].entries()) {
    const run = await createRunFolder({ project, cache, id: id(n) })
    writeFileSync(join(run.path, "report.json"), `${n}`)
    await pointLatest(run, link)
    expect(read()).toBe(`${n}`)
  }
  expect(readlinkSync(join(project, ".quillon/runs/latest"))).toBe(id(2))
})
