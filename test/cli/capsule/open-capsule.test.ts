import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { capsulePath } from "../../../cli/capsule/capsule-path.js"
import { openCapsule } from "../../../cli/capsule/open-capsule.js"
import { capsule } from "../../capsule/capsules.js"
import { writeFiles } from "../../write-files.js"
import { cellReport, reportOf } from "../reports.js"

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "quillon-open-"))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const written = (differs: Parameters<typeof capsule>[0] = {}) => JSON.stringify(capsule(differs))
const ID = "20261124-053012-ab12"

/** Python's zipfile lets one write whatever one likes. */
function zip(name: string, files: Readonly<Record<string, string>>, more = ""): void {
  const program = `import json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED)
for path, text in json.load(sys.stdin).items(): archive.writestr(path, text)
${more}
archive.close()`
  execFileSync("python3", ["-c", program, join(cwd, name)], { input: JSON.stringify(files) })
}

const open = async (word: string, env = {}) => openCapsule({ env }, (await capsulePath({ cwd }, word)) ?? "", word)

test.each([
  ["test", undefined],
  ["test@3.11", undefined],
  ["lint", undefined],
  ["capsule.json", "capsule.json"],
  ["run.zip", "run.zip"],
  ["some/folder", "some/folder"],
  [ID, `.quillon/runs/${ID}`],
])("the word %s means %s, where a folder called test lies about", async (word, path) => {
  await writeFiles(cwd, { "test/test_a.py": "" })
  expect(await capsulePath({ cwd }, word)).toBe(path === undefined ? undefined : join(cwd, path))
})

test("a folder with a capsule in it is one, whatever its name", async () => {
  await writeFiles(cwd, { "test/capsule.json": written() })
  expect((await open("test")).capsule.id).toBe(ID)
})

test("a run's folder and its report are read together; a report of another run is not believed", async () => {
  const report = reportOf([cellReport()])
  await writeFiles(cwd, { "a/capsule.json": written(), "a/report.json": JSON.stringify(report) })
  await writeFiles(cwd, { "b/capsule.json": written(), "b/report.json": JSON.stringify({ ...report, id: "other" }) })
  expect((await open("a/")).report).toEqual(report)
  expect((await open("b/")).report).toBeUndefined()
})

test("an archive from CI is read, of several runs in it the newest", async () => {
  const newer = written({ id: "20261125-000000-ab12" })
  zip("run.zip", {
    "runs/20261124-053012-ab12/capsule.json": written(),
    "runs/20261125-000000-ab12/capsule.json": newer,
  })
  expect((await open("run.zip")).capsule.id).toBe("20261125-000000-ab12")
})

test("an archive with the files of a run at its top is read with its report", async () => {
  zip("run.zip", { "capsule.json": written(), "report.json": JSON.stringify(reportOf([cellReport()])) })
  expect(await open("run.zip")).toMatchObject({ capsule: { id: ID }, report: { id: ID } })
})

test("values that are at hand stand again where they were masked", async () => {
  await writeFiles(cwd, { "capsule.json": written({ masked: ["DB"], request: { args: ["--dsn=***DB***"] } }) })
  expect((await open("capsule.json", { DB: "hunter2" })).capsule.request.args).toEqual(["--dsn=hunter2"])
  expect((await open("capsule.json")).capsule.request.args).toEqual(["--dsn=***DB***"])
})

test.each([
  ["gone.zip", "NO_SUCH_CAPSULE"],
  ["gone/run", "NO_SUCH_CAPSULE"],
  ["broken.zip", "UNREADABLE_ARCHIVE"],
  ["empty.zip", "NO_CAPSULE_THERE"],
  ["other.json", "UNREADABLE_CAPSULE"],
])("%s is refused with %s", async (word, code) => {
  writeFileSync(join(cwd, "broken.zip"), "PK\x03\x04 and then nothing")
  writeFileSync(join(cwd, "other.json"), '{"name": "x"}')
  zip("empty.zip", { "report.json": "{}" })
  await expect(open(word)).rejects.toMatchObject({ code })
})

test("an archive that unpacks to more than it says, or to more than may be, ends before memory does", async () => {
  zip("large.zip", {}, 'archive.writestr("capsule.json", b" " * (65 * 1024 * 1024))')
  const lie = `archive.writestr("capsule.json", b" " * (8 * 1024 * 1024))
archive.getinfo("capsule.json").file_size = 10`
  zip("lie.zip", {}, lie)
  await expect(open("large.zip")).rejects.toThrow(/capsule\.json has 68157440 bytes/)
  await expect(open("lie.zip")).rejects.toMatchObject({ code: "UNREADABLE_ARCHIVE" })
})

test("an archive with a name that leads out of it is refused", async () => {
  zip("slip.zip", { "../../capsule.json": written() })
  await expect(open("slip.zip")).rejects.toMatchObject({ code: "UNREADABLE_ARCHIVE" })
})
