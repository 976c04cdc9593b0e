import { readdir, readFile, rm, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { quillon } from "../e2e/quillon.js"
import { cloneRepository } from "./checkout.js"
import { dagger, MODULE } from "./dagger.js"
import { writeTinyProject } from "./small-project.js"

let module: string
let project: string

beforeAll(async () => {
  module = await cloneRepository(MODULE)
  project = await writeTinyProject({ "src/tiny/old.py": "import os\n\nNAME = 'tiny'\n" })
})

afterAll(async () => {
  await Promise.all([module, project].map((folder) => rm(dirname(folder), { recursive: true, force: true })))
})

const call = (...args: string[]) => dagger(["--mod", module, "call", ...args], { cwd: project })

describe("the module, from a project with a past", () => {
  it("passes over what the command line accepted into the baseline", async () => {
    expect((await call("lint")).stderr).toContain("F401")
    await quillon(["baseline", "write"], { cwd: project })
    const { exitCode, stdout } = await call("lint")
    expect(exitCode).toBe(0)
    expect(stdout).toContain("1 in the baseline")
  })

  it("fails on what is new, and tells of that alone", async () => {
    await writeFile(join(project, "src/tiny/new.py"), "import sys\n")
    const { exitCode, stderr } = await call("lint")
    expect(exitCode).not.toBe(0)
    expect(stderr).toContain("src/tiny/new.py:1: F401")
    expect(stderr).not.toContain("old.py")
  })

  it("gives what ruff would fix as changes, and writes nothing by itself", async () => {
    const { stdout } = await call("lint-fix", "as-patch", "contents")
    expect(stdout.split("\n").filter((line) => /^[-+][^-+]/.test(line))).toEqual(["-import sys", "-import os"])
  })

  it("leaves the files that CI systems read", async () => {
    const { stdout } = await call("run", "--only", "lint", "report", "entries")
    const names = ["gl-code-quality.json", "junit.xml", "quillon.sarif", "report.json", "summary.md"]
    expect(stdout.split("\n")).toEqual(expect.arrayContaining(names))
  })

  it("exports what the stages left as the command line keeps it, which makes a page of it", async () => {
    const only = ["--only", "build"]
    const folder = join(dirname(project), "exported")
    const ours = await quillon(["ci", ...only], { cwd: project })
    expect(ours.exitCode, ours.all).toBe(0)
    expect((await call("run", ...only, "report", "export", "--path", folder)).exitCode).toBe(0)
    const kept = join(project, ".quillon/runs/latest/artifacts/build")
    const files = async (at: string) => {
      const found = await readdir(at, { recursive: true, withFileTypes: true })
      return found.flatMap((each) => (each.isFile() ? [each.name] : [])).sort()
    }
    expect(await files(join(folder, "artifacts/build"))).toEqual(await files(kept))
    expect(await files(kept)).toContain("tiny-1.0.0.tar.gz")
    const { exitCode, all } = await quillon(["report", folder], { cwd: project })
    expect(exitCode, all).toBe(0)
    expect(await readFile(join(folder, "report.html"), "utf8")).toContain("tiny-1.0.0.tar.gz")
  })
})
