import { createHash } from "node:crypto"
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { reportSchema } from "../../src/pipeline/report.js"
import { fetchProject, RELEASES } from "../projects.js"
import { changesIn, cloneRepository, commitAll } from "./checkout.js"
import { dagger, MODULE } from "./dagger.js"

let module: string
let project: string
let commit: string

beforeAll(async () => {
  module = await cloneRepository(MODULE)
  project = await fetchProject(RELEASES.itsdangerous)
  // bandit rightly finds SHA1 in it, of severity HIGH.
  await writeFile(join(project, "quillon.toml"), '[python]\nversions = ["3.11"]\n\n[security]\nenabled = false\n')
  commit = await commitAll(project)
})

afterAll(async () => {
  await Promise.all([module, project].map((folder) => rm(dirname(folder), { recursive: true, force: true })))
})

const OWN = ["with-stage", "--name", "own", "--container", "python:3.13-slim", "--args", "true", "--reports", "/x"]

const call = (...args: string[]) => dagger(["--mod", module, ...args], { cwd: project })

describe("the module, from a Python project without dagger.json", () => {
  it("describes each of its functions", async () => {
    const { stdout } = await call("functions")
    const described = stdout.split("\n").map((line) => line.split(/\s{2,}/))
    for (const name of [
      ...[
        "audit",
        "build",
        "ci",
        "coverage",
        "image",
        "image-starts",
        "inspect",
        "lint",
        "outdated",
        "plan",
        "plan-file",
      ],
      ...["run", "sbom", "security", "shell", "test", "types", "version", "version-show", "with-secret", "with-stage"],
    ]) {
      const [, description] = described.find(([known]) => known?.trim() === name) ?? []
      expect(description?.trim().length, name).toBeGreaterThan(20)
    }
  })

  it("passes a green project and prints the summary", async () => {
    const { exitCode, stdout, stderr } = await call("call", "ci")
    expect(stderr).toBe("")
    expect(exitCode).toBe(0)
    expect(stdout).toContain("itsdangerous 2.2.0: passed")
    expect(stdout).toContain(commit.slice(0, 12))
  })

  it("counts the tests of one interpreter as pytest does", async () => {
    const folder = await mkdtemp(join(tmpdir(), "quillon-report-"))
    await call("call", "run", "report", "export", "--path", folder)
    const report = reportSchema.parse(JSON.parse(await readFile(join(folder, "report.json"), "utf8")))
    const cell = report.cells.find(({ stage }) => stage === "test")
    const log = await readFile(join(folder, "logs/test@3.11/pytest.log"), "utf8")
    const [, printed] = /(\d+) passed/.exec(log) ?? []
    expect(Number(printed)).toBeGreaterThan(100)
    expect(cell?.measures.tests).toMatchObject({ passed: Number(printed), failed: 0, errors: 0 })
    expect(await readdir(folder)).toEqual(expect.arrayContaining(["junit.xml", "summary.md", "logs"]))
  })

  it("gives wheel and sdist whose digests are those of the report", async () => {
    const folder = await mkdtemp(join(tmpdir(), "quillon-dist-"))
    const { exitCode } = await call("call", "build", "export", "--path", folder)
    expect(exitCode).toBe(0)
    expect((await readdir(folder)).sort()).toEqual(["itsdangerous-2.2.0-py3-none-any.whl", "itsdangerous-2.2.0.tar.gz"])
    const reported = await mkdtemp(join(tmpdir(), "quillon-report-"))
    await call("call", "run", "report", "export", "--path", reported)
    const report = reportSchema.parse(JSON.parse(await readFile(join(reported, "report.json"), "utf8")))
    const digests = report.cells.flatMap(({ artifacts }) => artifacts.map(({ sha256 }) => sha256))
    for (const name of await readdir(folder)) {
      const digest = createHash("sha256")
        .update(await readFile(join(folder, name)))
        .digest("hex")
      expect(digests, name).toContain(digest)
    }
  })

  it("gives the container of a cell as it was before its command", async () => {
    const { stdout } = await call("call", "shell", "--stage", "test@3.11", "with-exec", "--args", "ls,tests", "stdout")
    expect(stdout).toContain("test_itsdangerous")
  })

  it("takes the project by --source too", async () => {
    const { exitCode, stdout } = await dagger(["--mod", module, "call", "--source", project, "lint"], { cwd: tmpdir() })
    expect(exitCode).toBe(0)
    expect(stdout).toContain("itsdangerous 2.2.0: passed")
  })
})

describe("the module, asked for what can't be", () => {
  it.each([
    ["a stage that is not there", ["ci", "--only", "nope"], /there is no stage "nope"\n {2}next: name one of: version/],
    [
      "a cell that is not there",
      ["shell", "--stage", "lint", "--command", "nope"],
      /lint has no command "nope"\n {2}next:/,
    ],
    ["an image that the project has not", ["image"], /image ran no command: there is no Dockerfile/],
    ["a format that is not read", [...OWN, "--format", "tap", "ci"], /--format is "tap"\n {2}next: one of junit/],
  ])("%s is told in one line, with what to do", async (_, args, message) => {
    const { exitCode, stderr } = await call("call", ...args)
    expect(exitCode).not.toBe(0)
    expect(stderr).toMatch(message)
  })

  it("a folder without a Python project is none", async () => {
    const cwd = await mkdtemp(join(tmpdir(), "quillon-empty-"))
    const { stderr } = await dagger(["--mod", module, "call", "ci"], { cwd })
    expect(stderr).toMatch(/no Python project here.*\n {2}next: /)
  })

  it("a secret that was not handed in could not be looked at, and one that was is used", async () => {
    const settings = join(project, "quillon.toml")
    const before = await readFile(settings, "utf8")
    await writeFile(settings, `${before}\n[lint]\nsecrets = ["API_TOKEN"]\n`)
    const missing = await call("call", "lint")
    const given = ["with-secret", "--name", "API_TOKEN", "--value", "env://API_TOKEN", "lint"]
    const used = await dagger(["--mod", module, "call", ...given], { cwd: project, env: { API_TOKEN: "s3cret-word" } })
    await writeFile(settings, before)
    expect(missing.stderr).toMatch(
      /could not look: .*\n\nlint: .*API_TOKEN.*\n {2}next: dagger call with-secret --name API_TOKEN/,
    )
    expect(used.exitCode, used.stderr).toBe(0)
  })
})

describe("the module on a red project", () => {
  const finding = join("src", "itsdangerous", "unused.py")

  beforeAll(() => writeFile(join(project, finding), "import os\n"))
  afterAll(() => rm(join(project, finding)))

  it("fails ci with the finding on screen, and says that it failed", async () => {
    const { exitCode, stderr } = await call("call", "lint")
    expect(exitCode).not.toBe(0)
    expect(stderr).toContain("failed: itsdangerous: 1 failed")
    expect(stderr).toContain(`${finding}:1: F401`)
  })

  it("still gives a report, with exit code 0", async () => {
    const folder = await mkdtemp(join(tmpdir(), "quillon-report-"))
    const { exitCode } = await call("call", "run", "report", "export", "--path", folder)
    expect(exitCode).toBe(0)
    const report = reportSchema.parse(JSON.parse(await readFile(join(folder, "report.json"), "utf8")))
    expect(report.outcome).toBe("failed")
  })

  it("lists the stages as checks, and runs the others beside the red one", async () => {
    const listed = await call("check", "--list")
    for (const name of ["lint", "test", "types", "version"]) expect(listed.stdout).toContain(`quillon:${name}`)
    const { exitCode, stderr } = await call("check", "quillon:lint")
    expect(exitCode).toBe(1)
    expect(stderr).toContain("failed: itsdangerous")
    expect((await call("check", "quillon:version")).exitCode).toBe(0)
  })
})

describe("dagger develop", () => {
  it("leaves a clean checkout clean", async () => {
    const { exitCode, stderr } = await dagger(["develop"], { cwd: module })
    expect(exitCode, stderr).toBe(0)
    expect(await readdir(join(module, "sdk"))).toContain("client.gen.ts")
    expect(await changesIn(module)).toBe("")
  })
})
