import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, test } from "vitest"
import { versionCommand } from "../../../cli/commands/version.js"
import { complain } from "../../../cli/complain.js"
import { exitCodeOfError } from "../../../cli/exit-code.js"
import { fakeIo } from "../fake-io.js"
import { makeRepository, type Repository } from "./repository.js"

const system = (name: string, backend: string) =>
  `[build-system]\nrequires = ["${name}"]\nbuild-backend = "${backend}"\n`
const HATCHLING = system("hatchling", "hatchling.build")
const FLIT = system("flit_core", "flit_core.buildapi")
const stated = (version = "1.2.0") => `\n[project]\nname = "demo"\nversion = "${version}"\nrequires-python = ">=3.9"\n`
const INIT = "src/demo/__init__.py"

async function run(repository: Repository, ...argv: readonly string[]) {
  const io = fakeIo({ cwd: repository.folder, argv: ["version", "single-source", ...argv] })
  try {
    await versionCommand(io)
      .exitOverride()
      .parseAsync(["single-source", ...argv], { from: "user" })
  } catch (error) {
    complain(io, error)
    io.leave(exitCodeOfError(error))
  }
  return { code: io.code(), out: io.out(), err: io.err() }
}

async function project(files: Readonly<Record<string, string>>) {
  const made = await makeRepository(files)
  await made.commit("v1.2.0")
  return { ...made, read: (path: string) => readFile(join(made.folder, path), "utf8") }
}

test("without a terminal the difference is shown, and nothing is written", async () => {
  const made = await project({ "pyproject.toml": HATCHLING + stated(), [INIT]: '__version__ = "1.2.0"\n' })
  const { code, out } = await run(made)
  expect(code).toBe(0)
  for (const line of ["+1.2.0", '-version = "1.2.0"', '+dynamic = ["version"]', '-__version__ = "1.2.0"']) {
    expect(out).toContain(`\n  ${line}\n`)
  }
  expect(out).toMatch(/nothing was written: quillon version single-source --write does it\n$/)
  expect(await made.git("status", "--porcelain")).toBe("")
})

test("--write writes it, and then VERSION alone states the version", async () => {
  const made = await project({ "pyproject.toml": HATCHLING + stated(), [INIT]: '__version__ = "1.2.0"\n' })
  expect((await run(made, "--write")).out).toMatch(/\nwritten: VERSION, pyproject\.toml, src\/demo\/__init__\.py\n$/)
  expect(await made.read("VERSION")).toBe("1.2.0\n")
  const io = fakeIo({ cwd: made.folder, argv: [] })
  await versionCommand(io).parseAsync(["check"], { from: "user" })
  expect(io.out()).toContain("agree: VERSION alone states the version")
  expect((await run(made, "--write")).out).toBe("nothing to do: what can read the version does\n")
})

test("a backend that can't read VERSION goes on stating it, and __version__ reads the metadata", async () => {
  const made = await project({ "pyproject.toml": FLIT + stated(), [INIT]: '"""D."""\n__version__ = "1.2.0"\n' })
  const { out } = await run(made, "--write")
  expect(out).toContain("stays: [project] version in pyproject.toml:7, because flit_core")
  expect(out).toMatch(/written: src\/demo\/__init__\.py\n$/)
  expect(await made.read(INIT)).toContain('_version("demo")')
  expect(await made.git("status", "--porcelain")).toBe(" M src/demo/__init__.py")
})

test("a module that the build reads stays as it is", async () => {
  const dynamic = '\n[project]\nname = "demo"\ndynamic = ["version", "description"]\n'
  const made = await project({ "pyproject.toml": FLIT + dynamic, [INIT]: '"""D."""\n__version__ = "1.2.0"\n' })
  const { out } = await run(made, "--write")
  expect(out).toContain("because the build reads the version from it")
  expect(out).toMatch(/nothing to do: what can read the version does\n$/)
})

test("VERSION gets Python's spelling once a backend reads it", async () => {
  const made = await makeRepository({
    "pyproject.toml": HATCHLING + stated("1.2.0.dev5"),
    VERSION: "1.2.0-0.dev.5\n",
    [INIT]: "",
  })
  await made.commit()
  expect((await run(made, "--write")).code).toBe(0)
  expect(await readFile(join(made.folder, "VERSION"), "utf8")).toBe("1.2.0.dev5\n")
})

test("uv locks no version of a project whose version is dynamic", async () => {
  const lock = (line: string) =>
    `version = 1\nrequires-python = ">=3.9"\n\n[[package]]\nname = "demo"\n${line}source = { editable = "." }\n`
  const files = { "pyproject.toml": HATCHLING + stated(), "uv.lock": lock('version = "1.2.0"\n'), [INIT]: "" }
  const made = await project(files)
  await run(made, "--write")
  expect(await made.read("uv.lock")).toBe(lock(""))
})

test.each([
  ["places that disagree", { [INIT]: '__version__ = "1.1.0"\n' }, 1, /src\/demo\/__init__\.py:1 says another version/],
  ["a malformed lock", { [INIT]: "", "uv.lock": "version = [\n" }, 2, /uv\.lock .*TOML/],
])("%s: nothing is written", async (_name, files, code, said) => {
  const made = await project({ "pyproject.toml": HATCHLING + stated(), ...files })
  const ended = await run(made, "--write")
  expect([ended.code, ended.err]).toEqual([code, expect.stringMatching(said)])
  expect(await made.git("status", "--porcelain")).toBe("")
})
