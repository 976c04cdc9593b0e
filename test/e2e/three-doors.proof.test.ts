import { createHash } from "node:crypto"
import { copyFile, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { execa } from "execa"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { GITLAB_YML } from "../../cli/wrappers/templates.js"
import packageJson from "../../package.json" with { type: "json" }
import type { Report } from "../../src/pipeline/report.js"
import { type Throwaway, throwawayEngine } from "../engine/throwaway.js"
import { engineEnvironment } from "../engine-session.js"
import { cloneRepository, commitAll } from "../module/checkout.js"
import { MODULE } from "../module/dagger.js"
import { fetchProject, RELEASES } from "../projects.js"
import { installAct, installGitlabCiLocal } from "./doors/ci-tools.js"
import { type PackageRegistry, serveQuillon } from "./doors/package-registry.js"
import { type JobEnd, makeRunner, runPipelineFile, runWorkflow } from "./doors/runner.js"
import { answerOf, packagesOf, readReport } from "./doors/same-answer.js"
import { cellOf, lastReport, quillon } from "./quillon.js"

const RUNNER_HOST = "_EXPERIMENTAL_DAGGER_RUNNER_HOST"
const WORKFLOW = ".github/workflows/ci.yml"
const DAGGER = "_EXPERIMENTAL_DAGGER_CLI_BIN"
/**
 * A real project on two interpreters. It is red, so that findings are compared too: bandit rightly finds SHA1 in it, and
 * a test of ours fails on the older one. What the index has newer may change between two doors.
 */
const SETTINGS = '[python]\nversions = ["3.9", "3.11"]\n\n[outdated]\nenabled = false\n'
const FAILS_ON_OLDER = "import sys\n\n\ndef test_version():\n    assert sys.version_info >= (3, 11)\n"

/** The files of both systems, each by both ways to call Quillon. */
const JOBS = ["github", "gitlab", "github by dagger", "gitlab by dagger"] as const

let scratch: string
let registry: PackageRegistry
let empty: Throwaway
let commit: string

/** What each door said. */
const reports: Record<"cli" | (typeof JOBS)[number], Report> = {} as never
const jobs: Record<(typeof JOBS)[number], JobEnd> = {} as never
let uploaded: string
/** Folders that other parts of the tests made for us. */
const made: string[] = []

beforeAll(async () => {
  // As git names it, which looks through links.
  scratch = await realpath(await mkdtemp(join(tmpdir(), "quillon-doors-")))
  registry = await serveQuillon(scratch)
  empty = throwawayEngine()
  const [act, gitlab, up] = await Promise.all([installAct(), installGitlabCiLocal(), empty.quillon("up")])
  expect(up.code, up.err).toBe(0)

  const { [RUNNER_HOST]: host = "", [DAGGER]: dagger = "" } = engineEnvironment()
  const parts = { home: join(scratch, "home"), registry: registry.url, dagger, programs: gitlab.path }
  const runnerNamed = (name: string) => makeRunner(join(scratch, name), parts)
  const project = await projectWithWrappers(await runnerNamed("author"))
  const copyFor = async (name: string) => {
    const folder = join(scratch, name, "project")
    await execa("git", ["clone", "--quiet", `file://${project}`, folder])
    return folder
  }

  const cli = await copyFor("cli")
  await quillon(["ci"], { cwd: cli, env: { [RUNNER_HOST]: host, [DAGGER]: dagger } })
  reports.cli = await lastReport(cli)

  const fresh = { [RUNNER_HOST]: `unix://${empty.paths.socket}` }
  const hosted = { act, repository: project, env: fresh }
  const github = await runWorkflow(await runnerNamed("github"), { ...hosted, file: join(project, WORKFLOW) })
  uploaded = join(github.artifacts, "quillon")
  jobs.github = github
  reports.github = await readReport(join(uploaded, "report.json"))

  const pipeline = { command: gitlab.command, env: { [RUNNER_HOST]: host } }
  const isolated = { ...pipeline, repository: await copyFor("gitlab"), isolation: true }
  const job = await runPipelineFile(await runnerNamed("gitlab"), isolated)
  jobs.gitlab = job
  reports.gitlab = await readReport(join(job.state, "artifacts/quillon/.quillon/runs/latest/report.json"))

  const module = await cloneRepository(MODULE)
  made.push(module)
  const files = await filesThatCall(module, await copyFor("author/dagger"))
  const shared = { ...pipeline, repository: await copyFor("dagger"), isolation: false, file: files.pipeline }
  jobs["gitlab by dagger"] = await runPipelineFile(await runnerNamed("dagger"), shared)
  reports["gitlab by dagger"] = await readReport(join(shared.repository, ".quillon/runs/latest/report.json"))

  const called = { ...hosted, file: files.workflow, env: { [RUNNER_HOST]: host } }
  const byDagger = await runWorkflow(await runnerNamed("github-dagger"), called)
  jobs["github by dagger"] = byDagger
  reports["github by dagger"] = await readReport(join(byDagger.artifacts, "quillon/report.json"))
}, 900_000)

afterAll(async () => {
  await registry?.close()
  await empty?.remove()
  const folders = [scratch, ...made.map((folder) => dirname(folder))]
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
}, 120_000)

/** The project with the files that the packed program writes, as one commit. */
async function projectWithWrappers({ env }: { env: Readonly<Record<string, string>> }): Promise<string> {
  const project = await fetchProject(RELEASES.itsdangerous)
  made.push(project)
  await rm(join(project, ".github"), { recursive: true, force: true })
  await writeFile(join(project, "quillon.toml"), SETTINGS)
  await writeFile(join(project, "tests/test_version.py"), FAILS_ON_OLDER)
  const program = ["--yes", "--omit=peer", `quillon@${packageJson.version}`, "wrappers"]
  await execa("npx", program, { cwd: project, env, extendEnv: false })
  commit = await commitAll(project)
  // act reads the repository's name from it, and nothing else.
  await execa("git", ["-C", project, "remote", "add", "origin", "https://github.com/example/project"])
  return project
}

/** The files of the door 'dagger', outside the repository, because the commit has those of the door 'cli'. */
async function filesThatCall(module: string, project: string) {
  const env = { QUILLON_CI_DOOR: "dagger", QUILLON_CI_MODULE: module }
  const { exitCode, all } = await quillon(["wrappers"], { cwd: project, env })
  expect(exitCode, all).toBe(0)
  const workflow = join(scratch, "workflow.yml")
  const pipeline = join(scratch, "dagger/pipeline.yml")
  await mkdir(dirname(pipeline), { recursive: true })
  await copyFile(join(project, WORKFLOW), workflow)
  await copyFile(join(project, ".gitlab-ci.yml"), pipeline)
  // gitlab-ci-local takes a file relative to the repository alone.
  return { workflow, pipeline: "../pipeline.yml" }
}

describe("one commit through every door", () => {
  test.each(JOBS)("%s says what the command line says", (door) => {
    expect(answerOf(reports[door])).toEqual(answerOf(reports.cli))
    expect(reports[door]).toMatchObject({ commit, dirty: false, outcome: "failed" })
  })

  test("the command line says something: counts of tests, a failure, findings", () => {
    const cells = Object.fromEntries(reports.cli.cells.map((cell) => [`${cell.stage}@${cell.cell}`, cell]))
    expect(cells["test@3.11"]?.outcome).toBe("passed")
    expect(cells["test@3.11"]?.measures.tests).toMatchObject({ failed: 0, passed: expect.any(Number) })
    expect(cells["test@3.9"]?.outcome).toBe("failed")
    expect(cells["test@3.9"]?.measures.tests).toMatchObject({ failed: 1 })
    expect(cells["security@"]?.findings.map(({ rule }) => rule)).toContain("B324")
  })

  test("sdist and wheel are the same bytes", async () => {
    const packages = packagesOf(reports.cli)
    expect(Object.keys(packages)).toHaveLength(2)
    for (const door of JOBS) expect(packagesOf(reports[door])).toEqual(packages)
    for (const [name, sha256] of Object.entries(packages)) {
      const files = await readdir(join(uploaded, "artifacts/build"), { recursive: true })
      const path = files.find((file) => file.endsWith(`/${name}`)) ?? name
      const bytes = await readFile(join(uploaded, "artifacts/build", path))
      expect(createHash("sha256").update(bytes).digest("hex"), name).toBe(sha256)
    }
  })
})

describe("the jobs", () => {
  test.each(JOBS)("that of %s fails, because a finding does", (door) => {
    expect(jobs[door].exitCode, jobs[door].output).toBe(1)
    expect(jobs[door].output).toContain("B324")
  })

  test("ran the packed program", () => {
    expect(registry.asked).toContain(`/quillon/-/quillon-${packageJson.version}.tgz`)
  })

  test("that of GitHub found an engine without any memory", () => {
    const ran = reports.github.cells.filter(({ outcome }) => outcome === "passed" || outcome === "failed")
    expect(ran.filter(({ cached }) => cached === true)).toEqual([])
  })

  test("that of GitHub has kept its report, although it failed", async () => {
    expect(await readdir(uploaded)).toEqual(expect.arrayContaining(["artifacts", "junit.xml", "logs", "summary.md"]))
  })

  test.each(["gitlab", "gitlab by dagger"] as const)("%s: GitLab finds what the tests cover", (door) => {
    const [, pattern = "nothing"] = /^ {2}coverage: '\/(.*)\/'$/m.exec(GITLAB_YML) ?? []
    const lines = jobs[door].output.split("\n").flatMap((line) => new RegExp(pattern).exec(line)?.[1] ?? [])
    expect(Number(lines.at(-1))).toBeCloseTo(Number(cellOf(reports.cli, "coverage").measures.percent), 2)
  })
})
