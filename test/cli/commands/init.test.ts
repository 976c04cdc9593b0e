import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { PassThrough } from "node:stream"
import { describe, expect, test } from "vitest"
import { initCommand } from "../../../cli/commands/init.js"
import { wrappersCommand } from "../../../cli/commands/wrappers.js"
import { fakeIo } from "../fake-io.js"
import { makeRepository } from "../version/repository.js"

const PYPROJECT = '[project]\nname = "demo"\nversion = "1.0.0"\nrequires-python = ">=3.13,<3.14"\n'
const GITHUB = ".github/workflows/ci.yml"
const RELEASE = ".github/workflows/release.yml"
const GITLAB = ".gitlab-ci.yml"

async function project(files: Readonly<Record<string, string>> = {}, remote?: string) {
  const { folder, git } = await makeRepository({ "pyproject.toml": PYPROJECT, ...files })
  if (remote !== undefined) await git("remote", "add", "origin", remote)
  const run = async (args: readonly string[], answer?: string) => {
    const stdin = Object.assign(new PassThrough(), { isTTY: answer !== undefined })
    if (answer !== undefined) stdin.end(`${answer}\n`)
    const io = fakeIo({ cwd: folder, stdin, isTTY: answer !== undefined })
    await initCommand(io, { version: "1.2.3" }).parseAsync([...args], { from: "user" })
    return { code: io.code(), out: io.out(), err: io.err() }
  }
  const check = async () => {
    const io = fakeIo({ cwd: folder })
    await wrappersCommand(io, { version: "1.2.3" }).parseAsync(["--check"], { from: "user" })
    return io.code()
  }
  const read = (path: string) => readFile(join(folder, path), "utf8")
  const added = async () => (await git("status", "--porcelain", "--untracked-files=all")).split("\n").sort()
  return { run, check, read, added }
}

describe("quillon init", () => {
  test("says what the project is, and needs no settings where the defaults fit", async () => {
    const { run, check, added } = await project()
    const { out } = await run(["--yes"])
    expect(out).toMatch(/^demo 1\.0\.0: application for Python 3\.13\n/)
    expect(await added()).toEqual([`?? ${GITHUB}`, `?? ${RELEASE}`, `?? ${GITLAB}`, "?? pyproject.toml"])
    expect(await check()).toBe(0)
  })

  test("writes the file of the remote's system alone, and the setting that says so", async () => {
    const { run, read, check, added } = await project({}, "git@github.com:owner/demo.git")
    await run(["--yes"])
    expect(await read("quillon.toml")).toBe('[ci]\nsystems = ["github"]\n')
    expect(await added()).toEqual([`?? ${GITHUB}`, `?? ${RELEASE}`, "?? pyproject.toml", "?? quillon.toml"])
    expect(await check()).toBe(0)
  })

  test("shows all that it would write, and writes nothing without a yes", async () => {
    const { run, added } = await project()
    const { out } = await run([])
    expect(out).toContain("+  quillon:\n+    runs-on: ubuntu-latest\n")
    expect(out).toContain("+        run: npx --yes --omit=peer quillon@1.2.3 release\n")
    expect(out).toContain(`nothing was written: quillon init --yes writes ${GITHUB}, ${RELEASE}, ${GITLAB}\n`)
    expect(await added()).toEqual(["?? pyproject.toml"])
  })

  test.each([
    ["y", 4],
    ["n", 1],
  ])("a person who answers %s gets what they said", async (answer, files) => {
    const { run, added } = await project()
    const { err } = await run([], answer)
    expect(err).toContain(`Write ${GITHUB}, ${RELEASE}, ${GITLAB}? [y/N]`)
    expect(await added()).toHaveLength(files)
  })

  test("a second time there is nothing to write", async () => {
    const { run } = await project()
    await run(["--yes"])
    expect((await run(["--yes"])).out).toContain(`stays: ${GITHUB} is so already\n`)
    expect((await run(["--yes"])).out).toMatch(/nothing to write\n$/)
  })
})

describe("what is there", () => {
  test("stays, and is replaced only where it is named", async () => {
    const { run, read } = await project({ [GITLAB]: "theirs: {}\n" })
    expect((await run(["--yes"])).out).toContain(`stays: ${GITLAB} is there: --force ${GITLAB} replaces it\n`)
    expect(await read(GITLAB)).toBe("theirs: {}\n")
    await run(["--yes", "--force", GITLAB])
    expect(await read(GITLAB)).toContain("quillon@1.2.3")
  })

  test("settings in pyproject.toml are added to only where it is named", async () => {
    const files = { "pyproject.toml": `${PYPROJECT}\n[tool.quillon]\njobs = 2\n` }
    const { run, read, check } = await project(files, "https://gitlab.com/group/demo")
    expect((await run(["--yes"])).out).toContain(
      "stays: pyproject.toml is there: --force pyproject.toml adds these lines",
    )
    expect(await read("pyproject.toml")).toBe(files["pyproject.toml"])
    await run(["--yes", "--force", "pyproject.toml"])
    expect(await read("pyproject.toml")).toMatch(/\[tool\.quillon\.ci\]\nsystems = \["gitlab"\]\n$/)
    expect(await check()).toBe(0)
  })

  test("a name that is never written is wrong usage", async () => {
    await expect((await project()).run(["--force", "setup.py"])).rejects.toMatchObject({ code: "NOT_WRITTEN_BY_INIT" })
  })
})
