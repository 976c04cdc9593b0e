import { createHash } from "node:crypto"
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { execa } from "execa"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Report } from "../../src/pipeline/report.js"
import { answerOf, packagesOf, readReport } from "../e2e/doors/same-answer.js"
import { cellOf, lastReport, quillon } from "../e2e/quillon.js"
import { fetchProject, RELEASES } from "../projects.js"
import { cloneRepository, commitAll } from "./checkout.js"
import { dagger, MODULE } from "./dagger.js"

/** What the index has newer may change between two doors. */
const SETTINGS = '[python]\nversions = ["3.11", "3.13"]\n\n[outdated]\nenabled = false\n'

let module: string
let project: string
let scratch: string
let cli: Report

beforeAll(async () => {
  ;[module, project, scratch] = await Promise.all([
    cloneRepository(MODULE),
    fetchProject(RELEASES.pluggy),
    mkdtemp(join(tmpdir(), "quillon-pluggy-")),
  ])
  // As in its repository, where nothing but the tag says the version.
  await rm(join(project, "PKG-INFO"))
  await writeFile(join(project, "quillon.toml"), SETTINGS)
  await commitAll(project)
  await execa("git", ["-C", project, "tag", RELEASES.pluggy.version])
  const { exitCode, all } = await quillon(["ci"], { cwd: project })
  expect(exitCode, all).toBe(0)
  cli = await lastReport(project)
})

afterAll(async () => {
  const folders = [scratch, dirname(module), dirname(project)]
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
})

const call = (...args: string[]) => dagger(["--mod", module, ...args], { cwd: project })

// pluggy: setuptools-scm, tests in testing/, and pytest itself needs it.
describe("a second real project, whose version is its tag", () => {
  it("is what dagger functions speaks of, as everywhere", async () => {
    const { exitCode, stdout } = await call("functions")
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^ci {2,}Runs the whole pipeline/m)])
  })

  it("passes dagger call ci with the cells of the command line", async () => {
    const { exitCode, stdout, stderr } = await call("call", "ci")
    expect([exitCode, stderr]).toEqual([0, ""])
    expect(stdout).toContain("pluggy: passed")
    const told = [...stdout.matchAll(/^\| ✅ \| (\S+) \| (\S*) +\|/gm)].map(([, stage, cell]) => `${stage}@${cell}`)
    const passed = cli.cells.filter(({ outcome }) => outcome === "passed").map(({ stage, cell }) => `${stage}@${cell}`)
    expect(told.sort()).toEqual(passed.sort())
  })

  it("has the counts, findings and bytes of the command line", async () => {
    const folder = join(scratch, "report")
    await call("call", "run", "report", "export", "--path", folder)
    const report = await readReport(join(folder, "report.json"))
    expect(answerOf(report)).toEqual(answerOf(cli))
    expect(Object.keys(packagesOf(report)).sort()).toEqual(["pluggy-1.7.0-py3-none-any.whl", "pluggy-1.7.0.tar.gz"])
    const { passed, failed } = cellOf(report, "test@3.11").measures.tests as Readonly<Record<string, number>>
    expect([passed, failed]).toEqual([expect.toSatisfy((count) => count > 200), 0])
  })

  it("is tested on the one Python that dagger call test names", async () => {
    const { exitCode, stdout } = await call("call", "test", "--python", "3.11")
    expect(exitCode).toBe(0)
    expect([...stdout.matchAll(/^\| ✅ \| test \| (\S+) \|/gm)].map(([, cell]) => cell)).toEqual(["3.11"])
  })

  it("gets by dagger call build export the bytes that the command line built", async () => {
    const folder = join(scratch, "dist")
    expect((await call("call", "build", "export", "--path", folder)).exitCode).toBe(0)
    const digests = (await readdir(folder)).map(async (name) => {
      const bytes = await readFile(join(folder, name))
      return [name, createHash("sha256").update(bytes).digest("hex")]
    })
    expect(Object.fromEntries(await Promise.all(digests))).toEqual(packagesOf(cli))
  })

  it("passes dagger check", async () => {
    const { exitCode, stderr } = await call("check")
    expect(exitCode, stderr).toBe(0)
  })
})
