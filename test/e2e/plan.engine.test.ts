import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { execa } from "execa"
import { afterEach, beforeEach, expect, test } from "vitest"
import { readPlan } from "../../src/release/plan/accept.js"
import { quillon as start } from "./quillon.js"

const PYPROJECT = `[project]
name = "engine"
dynamic = ["version"]
requires-python = ">=3.11"

[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"

[tool.setuptools.dynamic]
version = { file = "VERSION" }
`

let cwd = ""

/** The remote is never asked: its host is not ours to talk to. */
const quillon: typeof start = (args, { cwd: folder }) =>
  start(args, { cwd: folder, env: { GIT_ALLOW_PROTOCOL: "file" } })

async function git(...args: readonly string[]): Promise<void> {
  await execa("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args], { cwd })
}

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(cwd, path)), { recursive: true })
    await writeFile(join(cwd, path), text)
  }
}

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), "quillon-plan-"))
  await git("init", "--quiet", "--initial-branch=main")
  await write({
    "pyproject.toml": PYPROJECT,
    VERSION: "1.2.0\r\n",
    "src/engine/__init__.py": "__version__ = '1.2.0'  # the version\n",
    "CHANGELOG.md": "# Changes\n\nWritten by hand.\n\n## Unreleased\n\nMind the gap.\n\n## 1.2.0\n\nBy hand.",
  })
  await git("add", "--all")
  await git("commit", "--quiet", "--message=feat: begin")
  await git("tag", "--annotate", "--message=x", "v1.2.0")
  await git("remote", "add", "origin", "https://ada:s3cr3t@github.com/ada/engine.git")
  await git("commit", "--quiet", "--allow-empty", "--message=feat(api): streams (#4)")
})
afterEach(() => rm(cwd, { recursive: true, force: true }))

test("the plan file's edits are patches that git applies, and the files then say what the plan says", async () => {
  const { exitCode, all } = await quillon(["plan", "-o", "plan.json"], { cwd })
  expect([exitCode, all]).toEqual([0, expect.stringContaining("engine 1.2.0")])
  const text = await readFile(join(cwd, "plan.json"), "utf8")
  const read = readPlan(text)
  if (read.kind !== "plan" || read.plan.kind !== "release") throw new Error(text)
  expect(read.plan.version).toEqual({ semver: "1.3.0", pep440: "1.3.0", tag: "v1.3.0" })
  expect(text).not.toContain("s3cr3t")
  const patch = read.plan.edits.map(({ diff }) => diff).join("")
  await execa("git", ["apply", "--whitespace=nowarn", "-"], { cwd, input: patch })
  expect(await readFile(join(cwd, "VERSION"), "utf8")).toBe("1.3.0\r\n")
  expect(await readFile(join(cwd, "src/engine/__init__.py"), "utf8")).toBe("__version__ = '1.3.0'  # the version\n")
  expect(await readFile(join(cwd, "CHANGELOG.md"), "utf8")).toMatch(
    /^# Changes\n\nWritten by hand\.\n\n## Unreleased\n\n## \[1\.3\.0\].*\n\nMind the gap\.\n\n### Features\n\n.*\n\n## 1\.2\.0\n\nBy hand\.$/,
  )
})

test("what is not committed is not planned, and the folder is not touched", async () => {
  await write({ VERSION: "9.9.9\n" })
  const { stdout } = await quillon(["plan", "--format", "json"], { cwd })
  expect(JSON.parse(stdout)).toMatchObject({ kind: "release", version: { semver: "1.3.0" } })
  expect(await readFile(join(cwd, "VERSION"), "utf8")).toBe("9.9.9\n")
})

test("a question about the past is answered", async () => {
  const { stdout, exitCode } = await quillon(["plan", "--at", "v1.2.0", "--format", "json"], { cwd })
  expect(exitCode).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ kind: "nothing", reason: "there is no commit since v1.2.0" })
})

test("a tag ahead of the files is a disagreement: exit code 1, one line", async () => {
  await git("tag", "v2.0.0")
  const { exitCode, stderr } = await quillon(["plan"], { cwd })
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/^error: the tag v2\.0\.0 is ahead of 1\.2\.0 in VERSION$/m)
})

test("a clone that lacks history could not be looked at: exit code 2", async () => {
  const source = cwd
  cwd = await mkdtemp(join(tmpdir(), "quillon-clone-"))
  await execa("git", ["clone", "--quiet", "--depth=1", `file://${source}`, cwd])
  const { exitCode, stderr } = await quillon(["plan"], { cwd })
  await rm(source, { recursive: true })
  expect(exitCode).toBe(2)
  expect(stderr).toContain("git fetch --unshallow --tags")
})

test.each([
  [["plan", "--at", "no-such"], "no-such"],
  [["plan", "--since", "v9"], "v9"],
  [["plan", "--channel", "stable"], "stable"],
  [["changelog", "--write"], "--all"],
])("wrong usage names the value: %j", async (args, named) => {
  const { exitCode, stderr } = await quillon(args, { cwd })
  expect(exitCode).toBe(64)
  expect(stderr).toContain(named)
})

test("the changelog is filled in, and what was written by hand stays", async () => {
  await git("commit", "--quiet", "--allow-empty", "--message=chore(release): 1.3.0")
  await git("tag", "v1.3.0")
  const { exitCode } = await quillon(["changelog", "--all", "--write"], { cwd })
  expect(exitCode).toBe(0)
  const text = await readFile(join(cwd, "CHANGELOG.md"), "utf8")
  expect(text).toMatch(
    /## Unreleased\n\nMind the gap\.\n\n## \[1\.3\.0\].*\n\n### Features\n\n\* \*\*api:\*\* streams .*\n\n## 1\.2\.0\n\nBy hand\.$/,
  )
  expect(text).not.toContain("s3cr3t")
})

test("a release that was made since the last fetch is noticed, and one fetch repairs it", async () => {
  const remote = join(cwd, "..", `${basename(cwd)}-remote`)
  await execa("git", ["clone", "--quiet", "--bare", cwd, remote])
  await execa("git", ["-C", remote, "tag", "v1.3.0", "HEAD"])
  await git("remote", "set-url", "origin", `file://${remote}`)
  const { exitCode, stderr } = await quillon(["plan"], { cwd })
  expect([exitCode, stderr]).toEqual([
    2,
    "error: the remote has the tag v1.3.0, which this clone lacks\n next: git fetch --tags",
  ])
  await git("fetch", "--quiet", "--tags")
  expect((await quillon(["plan"], { cwd })).stderr).toContain("the tag v1.3.0 is ahead of 1.2.0")
  await rm(remote, { recursive: true })
})
