import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { execa } from "execa"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { parse } from "yaml"
import { renderWrappers } from "../../cli/wrappers/render.js"
import { settingsSchema } from "../../src/project/settings.js"
import { cloneRepository, commitAll } from "../module/checkout.js"
import { installActionlint, installCheckJsonschema, installGitlabCiLocal } from "./doors/ci-tools.js"

const ROOT = join(import.meta.dirname, "../..")
const GITHUB = ".github/workflows/ci.yml"
const GITLAB = ".gitlab-ci.yml"

let actionlint: string
let python: string
let gitlab: readonly string[]
let scratch: string

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "quillon-wrappers-"))
  const [linter, schemas, pipelines] = await Promise.all([
    installActionlint(),
    installCheckJsonschema(),
    installGitlabCiLocal(),
  ])
  actionlint = linter
  python = schemas
  gitlab = pipelines.command
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

const DAGGER = { door: "dagger", module: "example.org/owner/quillon@v1.2.3" }
const HOST = { "runner-host": "tcp://engine.example.org:8080" }

/** One case for each branch of the templates, and all at once. */
const CASES: [name: string, settings: object, path?: string][] = [
  ["no settings", {}],
  ["a project below the root", {}, "services/api"],
  ["a runner host", { ci: HOST }],
  ["code scanning", { ci: { "code-scanning": true } }],
  ["secrets", { test: { secrets: ["API_TOKEN", "OTHER"] } }],
  [
    "labels, tags and patterns",
    { ci: { runner: ["self-hosted", "linux"], tags: ["big"], branches: ["main", "v*/**"] } },
  ],
  ["the door dagger", { ci: DAGGER }],
  [
    "a release at each push, to everywhere",
    {
      ci: { release: "push", "release-environment": "pypi" },
      release: { targets: { testIndex: "testpypi", image: "ghcr.io/owner/name" } },
    },
  ],
  [
    "everything",
    { ci: { ...DAGGER, ...HOST, "code-scanning": true, "retention-days": 3 }, test: { secrets: ["API_TOKEN"] } },
    "a/b",
  ],
]

interface Written {
  readonly folder: string
  readonly workflows: readonly string[]
  readonly pipelines: readonly string[]
}

async function written(settings: object, paths: readonly string[] = ["."]): Promise<Written> {
  const folder = await mkdtemp(join(scratch, "case-"))
  const files = paths.flatMap((path) =>
    renderWrappers({ settings: settingsSchema.parse(settings), path, version: "1.2.3" }),
  )
  for (const { path: file, managed } of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), managed)
  }
  const isWorkflow = (file: string) => file.startsWith(".github/")
  const names = [...new Set(files.map(({ path }) => path))]
  const placed = (found: readonly string[]) => found.map((name) => join(folder, name))
  return {
    folder,
    workflows: placed(names.filter(isWorkflow)),
    pipelines: placed(names.filter((name) => !isWorkflow(name))),
  }
}

async function holdToSchema(file: string, ...args: readonly string[]): Promise<void> {
  const { exitCode, all } = await execa(python, ["-m", "check_jsonschema", ...args, file], { reject: false, all: true })
  expect(exitCode, all).toBe(0)
}

const holdToGithub = (file: string) => holdToSchema(file, "--builtin-schema", "vendor.github-workflows")
const holdToGitlab = (file: string) =>
  holdToSchema(file, "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci")

async function lint(file: string): Promise<string> {
  return (await execa(actionlint, [file], { reject: false, all: true })).all
}

describe.each(CASES)("the files for %s", (_, settings, path = ".") => {
  let files: Written
  beforeAll(async () => {
    files = await written(settings, [path])
  })

  test("have nothing that actionlint minds", async () => {
    expect(files.workflows).toHaveLength(2)
    for (const file of files.workflows) expect(await lint(file)).toBe("")
  })

  test("are what GitHub's and GitLab's own schemas ask for", async () => {
    expect(files.pipelines).toHaveLength(path === "." ? 1 : 2)
    await Promise.all([...files.workflows.map(holdToGithub), ...files.pipelines.map(holdToGitlab)])
  })
})

/** The jobs that gitlab-ci-local finds in a repository, which it reads with all that is included. */
async function jobsOf(repository: string): Promise<readonly string[]> {
  const [program = "", ...args] = gitlab
  const { stdout, stderr } = await execa(program, [...args, "--list-csv"], { cwd: repository, reject: false })
  expect(stdout, stderr).toContain("name;")
  const [, ...jobs] = stdout.split("\n")
  return jobs.map((line) => line.split(";")[0] ?? "").sort()
}

test("of two projects below the root, GitLab examines that which changed, and offers to release both", async () => {
  const { folder } = await written({}, ["packages/app", "packages/core"])
  await execa("git", ["init", "--quiet", "--initial-branch=main", folder])
  await commitAll(folder)
  const clone = join(scratch, "monorepo")
  await execa("git", ["clone", "--quiet", `file://${folder}`, clone])
  const releases = ["release-packages-app", "release-packages-core"]
  expect(await jobsOf(clone)).toEqual(releases)
  await mkdir(join(clone, "packages/app"), { recursive: true })
  await writeFile(join(clone, "packages/app/pyproject.toml"), "")
  await commitAll(clone)
  expect(await jobsOf(clone)).toEqual(["quillon-packages-app", ...releases])
})

test("jobs of one's own below the end line are jobs of the same file", async () => {
  const { folder } = await written({})
  const job = {
    github: "needs: quillon\n    runs-on: ubuntu-latest\n    steps:\n      - run: 'true'\n",
    gitlab: "script: ['true']\n",
  }
  await appendFile(join(folder, GITHUB), `  deploy:\n    ${job.github}`)
  await appendFile(join(folder, GITLAB), `deploy:\n  needs: [quillon]\n  ${job.gitlab}`)
  expect(await lint(join(folder, GITHUB))).toBe("")
  await Promise.all([holdToGithub(join(folder, GITHUB)), holdToGitlab(join(folder, GITLAB))])
  const workflow = parse(await readFile(join(folder, GITHUB), "utf8"))
  expect(Object.keys(workflow.jobs)).toEqual(["quillon", "deploy"])
})

/** This repository's own workflows. */
const OWN = [GITHUB, ".github/workflows/rehearsal.yml"]

describe("the files of this repository", () => {
  test("have nothing that actionlint minds", async () => {
    for (const file of OWN) expect(await lint(join(ROOT, file))).toBe("")
  })

  test("are the jobs that GitLab is meant to run", async () => {
    const clone = await cloneRepository(ROOT)
    try {
      expect(await jobsOf(clone)).toEqual(expect.arrayContaining(["example", "tests"]))
    } finally {
      await rm(dirname(clone), { recursive: true, force: true })
    }
  })

  test("are what GitHub's and GitLab's own schemas ask for", async () => {
    await Promise.all([...OWN.map((file) => holdToGithub(join(ROOT, file))), holdToGitlab(join(ROOT, GITLAB))])
  })
})

test("actionlint minds text of an event in a shell, so its silence says something", async () => {
  const { folder } = await written({})
  const file = join(folder, GITHUB)
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's
  const run = "echo ${{ github.event.pull_request.title }}"
  await writeFile(file, `on: pull_request\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${run}\n`)
  expect(await lint(file)).toContain("potentially untrusted")
})
