import { chmod, mkdir, mkdtemp, readFile, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { beforeAll, beforeEach, describe, expect, it } from "vitest"
import { readPlan } from "../../src/release/plan/accept.js"
import { quillon } from "../e2e/quillon.js"
import { changesIn, cloneRepository } from "./checkout.js"
import { dagger, MODULE } from "./dagger.js"

const PYPROJECT = `[build-system]\r
requires = ["hatchling"]\r
build-backend = "hatchling.build"\r
\r
[project]\r
name = "demo"\r
version = "3.3.0"  # decides\r
requires-python = ">=3.11"\r
`

let module: string
let root: string
let project: string

const git = (...args: readonly string[]) =>
  execa("git", ["-C", root, "-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args])
const call = (...args: string[]) => dagger(["--mod", module, "call", ...args], { cwd: project })
const read = (path: string) => readFile(join(project, path), "utf8")

beforeAll(async () => {
  module = await cloneRepository(MODULE)
})

// The project lies in a folder of its repository, as in a monorepo.
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "quillon-module-release-"))
  project = join(root, "packages", "demo")
  await mkdir(join(project, "src", "demo"), { recursive: true })
  await writeFile(join(project, "pyproject.toml"), PYPROJECT)
  await writeFile(join(project, "src/demo/__init__.py"), "\ufeff__version__ = '3.2.0'\n")
  await chmod(join(project, "src/demo/__init__.py"), 0o755)
  await git("init", "--quiet", "--initial-branch=main")
  await git("add", "--all")
  await git("commit", "--quiet", "--message=feat: begin")
  await git("tag", "v3.2.0")
  await writeFile(join(project, "README.md"), "more\n")
  await git("add", "--all")
  await git("commit", "--quiet", "--message=feat(api): streams")
  await git("commit", "--quiet", "--allow-empty", "--message=fix: elsewhere")
})

describe("version functions of the module", () => {
  it("sync changes the version's characters alone, and keeps marks and modes", async () => {
    const { exitCode, stderr } = await call("--auto-apply", "version-sync")
    expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining("Error")])
    expect(await read("src/demo/__init__.py")).toBe("\ufeff__version__ = '3.3.0'\n")
    expect((await stat(join(project, "src/demo/__init__.py"))).mode & 0o777).toBe(0o755)
    expect(await changesIn(root)).toBe(" M packages/demo/src/demo/__init__.py")
  })

  it("bump writes the next version into every place", async () => {
    await call("--auto-apply", "version-bump", "--step", "prerelease", "--label", "beta")
    expect(await read("pyproject.toml")).toBe(PYPROJECT.replace("3.3.0", "3.3.1b1"))
    expect(await read("src/demo/__init__.py")).toBe("\ufeff__version__ = '3.3.1b1'\n")
  })

  it("a tag ahead fails, and nothing is written", async () => {
    await git("tag", "v4.0.0")
    const { exitCode, stderr } = await call("--auto-apply", "version-sync")
    expect(exitCode).not.toBe(0)
    expect(stderr).toMatch(/failed: tag 4\.0\.0 is ahead of 3\.3\.0.*\n.*next: quillon version bump 4\.0\.0/)
    expect(await changesIn(root)).toBe("")
  })
})

describe("plan functions of the module", () => {
  it("plan-file is the plan that the command line makes", async () => {
    const file = join(root, "plan.json")
    expect((await call("plan-file", "export", "--path", file)).exitCode).toBe(0)
    const ours = await quillon(["plan", "--format", "json"], { cwd: project })
    const [theirs, mine] = [await readFile(file, "utf8"), ours.stdout].map((text) => {
      const found = readPlan(text)
      if (found.kind !== "plan") throw new Error(text)
      return { ...found.plan, created: "" }
    })
    expect(theirs).toEqual(mine)
    expect(theirs).toMatchObject({
      kind: "release",
      version: { semver: "3.3.0" },
      why: { commits: [{ type: "feat" }] },
    })
  })

  it("plan reads as Markdown", async () => {
    const { stdout } = await call("plan")
    expect(stdout).toMatch(/^## demo 3\.2\.0 → 3\.3\.0 \(final, from main\)\n/)
    expect(stdout).toContain("| **stays** | Push commit and tag together, or neither |")
  })

  it("a shallow clone could not be looked at", async () => {
    const clone = join(root, "shallow")
    await execa("git", ["clone", "--quiet", "--depth=1", `file://${root}`, clone])
    const cwd = join(clone, "packages", "demo")
    const plan = await dagger(["--mod", module, "call", "plan"], { cwd })
    const shown = await dagger(["--mod", module, "call", "version-show"], { cwd })
    expect(plan.stderr).toMatch(/could not look: the clone lacks history.*\n.*git fetch --unshallow --tags/)
    expect(JSON.parse(shown.stdout).tag).toMatchObject({ verdict: "hidden", reason: expect.stringMatching(/shallow/) })
  })
})
