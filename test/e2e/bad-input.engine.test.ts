import { chmod, mkdir, mkdtemp, open, readFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { expect, test } from "vitest"
import { engineEnvironment } from "../engine-session.js"
import { cellOf, lastReport, outcomes, quillon } from "./quillon.js"
import { smallProject, withDependencies, withSettings } from "./small-project.js"

const emptyFolder = () => mkdtemp(join(tmpdir(), "quillon-e2e-"))

test("a folder that is no Python project is named, with exit code 64", async () => {
  const cwd = await emptyFolder()
  const { exitCode, all } = await quillon(["ci"], { cwd })
  expect(exitCode).toBe(64)
  expect(all).toMatch(/^error: .*no Python project here/m)
  expect(all).toMatch(/^ ?next: /m)
})

test("broken TOML is shown with file and line", async () => {
  const cwd = await smallProject({ "pyproject.toml": '[project]\nname = "x"\nversion = = 1\n' })
  const { exitCode, all } = await quillon(["ci"], { cwd })
  expect(exitCode).toBe(64)
  expect(all).toContain("pyproject.toml:3")
})

test.each([
  [["ci", "--only", "lnt"], "lnt", "lint"],
  [["ci", "--python", "2.7"], "2.7", "3.13"],
  [["lnt"], "lnt", "lint"],
])("%j is refused with what there is", async (args, wrong, right) => {
  const cwd = await smallProject()
  const { exitCode, all } = await quillon(args, { cwd })
  expect(exitCode).toBe(64)
  expect(all).toContain(wrong)
  expect(all).toContain(right)
})

test("a wrong setting is named with file, line and the nearest right one", async () => {
  const cwd = await smallProject(withSettings("[tool.quillon.tset]\ntimeout = 5"))
  const { exitCode, all } = await quillon(["ci"], { cwd })
  expect(exitCode).toBe(64)
  expect(all).toMatch(/pyproject\.toml:\d+/)
  expect(all).toContain("tset")
  expect(all).toContain("test")
})

test("an engine that can't be reached is exit code 2, and says what to type", async () => {
  const cwd = await smallProject()
  const { exitCode, all } = await quillon(["lint"], {
    cwd,
    env: { ...engineEnvironment(), _EXPERIMENTAL_DAGGER_RUNNER_HOST: "unix:///nowhere/engine.sock" },
  })
  expect(exitCode).toBe(2)
  expect(all).toContain("unix:///nowhere/engine.sock")
  expect(all).toMatch(/next: .*quillon (doctor|engine)/)
})

test("a path with spaces and letters outside ASCII makes no difference", async () => {
  const cwd = await smallProject({}, "ein Projekt für ユーザー")
  expect((await quillon(["ci"], { cwd })).exitCode).toBe(0)
})

test("an ignored folder of 1 GB is not uploaded", async () => {
  const cwd = await smallProject({ ".gitignore": ".venv/\n" })
  await execa("git", ["init", "-q"], { cwd })
  await mkdir(join(cwd, ".venv"))
  const file = await open(join(cwd, ".venv/big.py"), "w")
  await file.truncate(1 << 30)
  await file.close()
  // ruff would find the file if it were there: a gigabyte of zero bytes is not valid Python.
  expect((await quillon(["lint"], { cwd })).exitCode).toBe(0)
})

test("outside git there is no commit; in a dirty tree the report says so", async () => {
  const cwd = await smallProject()
  await quillon(["lint"], { cwd })
  expect(await lastReport(cwd)).toMatchObject({ commit: null, dirty: null })
  const git = (...args: string[]) =>
    execa("git", ["-c", "user.name=x", "-c", "user.email=x@example.org", ...args], { cwd })
  await git("init", "-q")
  await git("add", ".")
  await git("commit", "-qm", "feat: begin")
  await quillon(["lint"], { cwd })
  expect(await lastReport(cwd)).toMatchObject({ commit: (await git("rev-parse", "HEAD")).stdout, dirty: false })
  await execa("touch", ["new.txt"], { cwd })
  await quillon(["lint"], { cwd })
  expect(await lastReport(cwd)).toMatchObject({ dirty: true })
})

test("a read-only checkout is examined like any other, and the run is kept elsewhere", async () => {
  const cwd = await smallProject()
  const mount = `${cwd}-ro`
  await mkdir(mount)
  await execa("mount", ["--bind", cwd, mount])
  try {
    await execa("mount", ["-o", "remount,ro,bind", mount])
    const { exitCode, all } = await quillon(["lint"], { cwd: mount })
    expect(exitCode).toBe(0)
    expect(all).toMatch(/this run is kept in \S+/)
  } finally {
    await execa("umount", [mount])
  }
})

test("a file that nobody may read does not stop the stages that do not need it", async () => {
  const cwd = await smallProject({ "secret.bin": "x" })
  await chmod(join(cwd, "secret.bin"), 0o000)
  const { exitCode } = await quillon(["lint"], { cwd })
  expect(exitCode).toBe(0)
  expect(outcomes(await lastReport(cwd))).toMatchObject({ lint: "passed" })
})

test("a Python without an image is errored where no other can be had, and the images that are there are named", async () => {
  const only312 = await smallProject()
  const pyproject = (await readFile(join(only312, "pyproject.toml"), "utf8")).replace(">=3.13,<3.14", ">=3.12,<3.13")
  const cwd = await smallProject({ "pyproject.toml": pyproject.replace(":: 3.13", ":: 3.12") })
  const { exitCode, all } = await quillon(["ci"], { cwd })
  expect(exitCode).toBe(2)
  expect(all).toMatch(/there is no image python:3\.12-slim; this engine has python:3\.9-slim, .*python:3\.13-slim/)
  expect(all?.trim().split("\n").at(-1)).toContain("0 of 1 Pythons")
  expect(Object.values(outcomes(await lastReport(cwd))).filter((outcome) => outcome === "failed")).toEqual([])
})

test("packages that can't be had on one Python are named there, and the other Pythons are looked at", async () => {
  // click 8.2.0 asks for Python 3.10; regex 2024.4.28 has wheels up to 3.12, and nobody compiles here.
  const needy = withDependencies(["click==8.2.0", "regex==2024.4.28"])["pyproject.toml"] as string
  const pyproject = needy.replace('">=3.13,<3.14"', '">=3.9"').replace(/classifiers.*\n/, "")
  const settings = '[tool.quillon.python]\nversions = ["3.9", "3.11", "3.13"]\n'
  const cwd = await smallProject({ "pyproject.toml": `${pyproject}${settings}` })
  const { exitCode, all } = await quillon(["ci", "--only", "resolve,build,test"], { cwd })
  expect(exitCode, all).toBe(2)
  const report = await lastReport(cwd)
  expect(outcomes(report)).toMatchObject({
    "resolve@3.9": "errored",
    "test@3.9": "skipped",
    "test@3.11": "passed",
    "test@3.13": "errored",
  })
  expect(cellOf(report, "resolve@3.9").reason).toMatch(/click==8\.2\.0 can't be installed on Python 3\.9/)
  expect(cellOf(report, "test@3.13").reason).toContain("regex==2024.4.28 has no wheel for this interpreter")
})
