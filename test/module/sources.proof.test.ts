import { randomUUID } from "node:crypto"
import { appendFile, mkdir, open, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { stripVTControlCharacters } from "node:util"
import { execa } from "execa"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { reportSchema } from "../../src/pipeline/report.js"
import { engineEnvironment } from "../engine-session.js"
import { pythonVenv, UV } from "../release/version/python-venv.js"
import { cloneRepository, commitAll } from "./checkout.js"
import { dagger, MODULE } from "./dagger.js"
import { addressForEngine, serveRepository } from "./git-server.js"
import { writeTinyProject } from "./small-project.js"

let module: string
let project: string

beforeAll(async () => {
  ;[module, project] = await Promise.all([cloneRepository(MODULE), writeTinyProject()])
})

afterAll(() => rm(dirname(module), { recursive: true, force: true }))

const git = (...args: readonly string[]) =>
  execa("git", ["-C", project, "-c", "user.name=test", "-c", "user.email=test@example.org", ...args])

/** Runs a cell and gives the run's report. */
async function runCell(address: string, place: readonly string[] = [], cwd = project) {
  const args = ["--mod", module, "call", ...place, "run", "--only", address, "report"]
  const { stdout, stderr } = await dagger([...args, "file", "--path", "report.json", "contents"], { cwd })
  expect(stdout, stderr).toContain("schema")
  const report = reportSchema.parse(JSON.parse(stdout))
  const found = report.cells.find(({ stage, cell }) => (cell === "" ? stage : `${stage}@${cell}`) === address)
  return { report, cached: found?.cached, outcome: found?.outcome }
}

describe.each([
  ["the workspace", () => []],
  ["--source", () => ["--source", project]],
])("views of %s", (_, place: () => string[]) => {
  it("keep a cell in the cache after an edit that it does not see", async () => {
    await runCell("lint", place())
    // Never the same twice, or the engine would remember it from another run of this test.
    await appendFile(join(project, "pyproject.toml"), `\n# an edit that lint sees: ${randomUUID()}\n`)
    expect(await runCell("lint", place())).toMatchObject({ outcome: "passed", cached: false })
    await appendFile(join(project, ".gitignore"), "*.other\n")
    expect(await runCell("lint", place())).toMatchObject({ outcome: "passed", cached: true })
  })
})

describe("a project in a folder of its repository", () => {
  it("is looked at alone, and is as cached after an edit beside it", async () => {
    const place = ["--path", "packages/inner"]
    await execa("mkdir", ["-p", join(project, "packages")])
    const inner = await writeTinyProject()
    await execa("cp", ["-r", inner, join(project, "packages/inner")])
    await rm(join(project, "packages/inner/.git"), { recursive: true })
    const first = await runCell("lint", place)
    await writeFile(join(project, "packages/inner/notes.txt"), "not a file that lint sees\n")
    const second = await runCell("lint", place)
    await rm(join(project, "packages"), { recursive: true })
    expect([first.report.project.path, first.outcome]).toEqual(["packages/inner", "passed"])
    expect(second).toMatchObject({ outcome: "passed", cached: true })
  })
})

describe("a member of a workspace", () => {
  const OLD = "24.0"
  let root: string
  let member: string

  beforeAll(async () => {
    member = await writeTinyProject()
    root = dirname(member)
    const pyproject = join(member, "pyproject.toml")
    const text = await readFile(pyproject, "utf8")
    await writeFile(pyproject, text.replace("[dependency-groups]", 'dependencies = ["packaging"]\n\n$&'))
    await rm(join(member, ".git"), { recursive: true })
    await writeFile(join(root, "pyproject.toml"), '[tool.uv.workspace]\nmembers = ["t*"]\n')
    const { bin } = await pythonVenv(UV)
    await execa(join(bin, "uv"), ["lock", "--upgrade-package", `packaging==${OLD}`], { cwd: root })
    await commitAll(root)
  })

  afterAll(() => rm(root, { recursive: true, force: true }))

  it.each([
    ["from its folder", () => ({ cwd: member, place: [] })],
    ["by --path", () => ({ cwd: root, place: ["--path", "tiny"] })],
    ["by --source and --path", () => ({ cwd: tmpdir(), place: ["--source", root, "--path", "./tiny/"] })],
  ])("called %s gets what the lock at the root has", async (_, called) => {
    const { cwd, place } = called()
    const file = ["artifacts", "file", "--path", "resolve@3.11/requirements/test.txt", "contents"]
    const args = ["--mod", module, "call", ...place, "run", "--only", "resolve", ...file]
    const { stdout, stderr } = await dagger(args, { cwd })
    expect(stdout, stderr).toContain(`packaging==${OLD} `)
  })
})

describe("what git says", () => {
  it("of a clean tree and of a changed one is in the report", async () => {
    await git("add", "--all")
    await git("commit", "--quiet", "--allow-empty", "--message", "all")
    const clean = (await runCell("version")).report
    await writeFile(join(project, "new.py"), "")
    const changed = (await runCell("version")).report
    await rm(join(project, "new.py"))
    expect([clean.commit, clean.dirty, changed.dirty]).toEqual([(await git("rev-parse", "HEAD")).stdout, false, true])
  })

  it("of a folder that ignores itself is no change", async () => {
    await mkdir(join(project, ".quillon"))
    await writeFile(join(project, ".quillon/.gitignore"), "*\n")
    expect((await runCell("version")).report.dirty).toBe(false)
  })

  it("of a file that it tracks and ignores is no change", async () => {
    await writeFile(join(project, "kept.bin"), "tracked")
    await git("add", "--force", "kept.bin")
    await git("commit", "--quiet", "--message", "kept")
    expect((await runCell("version")).report.dirty).toBe(false)
  })
})

/** Bytes that `dagger` wrote, of which what it uploads is the most by far. */
async function bytesWritten(args: readonly string[]): Promise<number> {
  const engine = engineEnvironment()
  const program = engine._EXPERIMENTAL_DAGGER_CLI_BIN ?? "dagger"
  const options = { cwd: project, env: engine, reject: false, stdin: "ignore" } as const
  const run = execa(program, ["--silent", "--mod", module, "call", ...args], options)
  let written = 0
  const watch = setInterval(() => {
    readFile(`/proc/${run.pid}/io`, "utf8").then(
      (io) => {
        written = Number(/^wchar: (\d+)$/m.exec(io)?.[1] ?? written)
      },
      () => {},
    )
  }, 50)
  const { exitCode, stderr } = await run
  clearInterval(watch)
  expect(exitCode, String(stderr)).toBe(0)
  return written
}

describe("what git ignores", () => {
  const HUGE = 300 * 1024 * 1024

  beforeAll(async () => {
    const file = await open(join(project, "huge.bin"), "w")
    await file.truncate(HUGE)
    await file.close()
  })

  afterAll(() => rm(join(project, "huge.bin")))

  it("is not uploaded from the workspace", async () => {
    expect(await bytesWritten(["ci", "--only", "lint"])).toBeLessThan(HUGE / 20)
  })

  it("is uploaded with --source, because Dagger does so before the module is asked, and is looked at by no stage", async () => {
    expect(await bytesWritten(["--source", ".", "ci", "--only", "lint"])).toBeGreaterThan(HUGE)
  })
})

describe("the module by its git address", () => {
  it("is called, and installed as a toolchain whose checks are run side by side", async ({ skip }) => {
    const host = await addressForEngine()
    if (host === undefined) return skip("the engine in use is not Quillon's own")
    const served = await serveRepository(module, host)
    try {
      const called = await dagger(["--mod", `${served.address}@main`, "call", "version"], { cwd: project })
      expect(called.stdout, called.stderr).toContain("tiny 1.0.0: passed")
      await writeFile(join(project, "src/tiny/unused.py"), "import os\n")
      await dagger(["init", "--name", "tiny"], { cwd: project })
      const installed = await dagger(["toolchain", "install", `${served.address}@main`], { cwd: project })
      expect(installed.exitCode, installed.stderr).toBe(0)
      const listed = (await dagger(["check", "--list"], { cwd: project })).stdout
      const names = [
        "build",
        "coverage",
        "image-starts",
        "lint",
        "outdated",
        "sbom",
        "security",
        "test",
        "types",
        "version",
      ]
      for (const name of [...names, "audit"]) expect(listed).toContain(`quillon:${name}`)
      const asked = ["quillon:lint", "quillon:version", "quillon:types"]
      const { exitCode, output } = await progress(["check", ...asked])
      expect(exitCode).toBe(1)
      expect(output).toMatch(/failed: tiny: 1 failed, 0 passed/)
      for (const name of ["version", "types"]) expect(output).toMatch(new RegExp(`quillon:${name} DONE`))
      expect(output).toMatch(/quillon:lint ERROR/)
    } finally {
      await served.close()
    }
  })
})

/** Runs `dagger` with its plain progress, without colours. */
async function progress(args: readonly string[]) {
  const engine = engineEnvironment()
  const program = engine._EXPERIMENTAL_DAGGER_CLI_BIN ?? "dagger"
  const options = { cwd: project, env: { ...engine, NO_COLOR: "1" }, reject: false, stdin: "ignore" } as const
  const { exitCode, stdout, stderr } = await execa(program, ["--progress", "plain", ...args], options)
  return { exitCode, output: stripVTControlCharacters(`${stdout}\n${stderr}`) }
}
