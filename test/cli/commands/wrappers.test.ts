import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { wrappersCommand } from "../../../cli/commands/wrappers.js"
import { fakeIo } from "../fake-io.js"
import { makeRepository } from "../version/repository.js"

const PYPROJECT = '[project]\nname = "demo"\nversion = "1.0.0"\n'
const GITHUB = ".github/workflows/ci.yml"
const RELEASE = ".github/workflows/release.yml"
const GITLAB = ".gitlab-ci.yml"

async function project(files: Readonly<Record<string, string>> = {}) {
  const { folder } = await makeRepository({ "pyproject.toml": PYPROJECT, ...files })
  const run = async (...args: readonly string[]) => {
    const io = fakeIo({ cwd: folder })
    await wrappersCommand(io, { version: "1.2.3" }).parseAsync([...args], { from: "user" })
    return { code: io.code(), out: io.out(), err: io.err() }
  }
  const read = (path: string) => readFile(join(folder, path), "utf8")
  const append = async (path: string, text: string) => writeFile(join(folder, path), (await read(path)) + text)
  const change = async (path: string, [from, to]: [string, string]) =>
    writeFile(join(folder, path), (await read(path)).replace(from, to))
  return { folder, run, read, append, change }
}

describe("quillon wrappers", () => {
  test("writes the files of both systems, which --check then finds to be so", async () => {
    const { run, read } = await project()
    expect(await run()).toEqual({
      code: 0,
      out: `written: ${GITHUB}\nwritten: ${RELEASE}\nwritten: ${GITLAB}\n`,
      err: "",
    })
    expect(await read(GITHUB)).toContain("run: npx --yes --omit=peer quillon@1.2.3 ci\n")
    expect(await read(RELEASE)).toContain("run: npx --yes --omit=peer quillon@1.2.3 release\n")
    expect(await run("--check")).toEqual({ code: 0, out: `✓ ${GITHUB}\n✓ ${RELEASE}\n✓ ${GITLAB}\n`, err: "" })
  })

  test("keeps the jobs that a person wrote below", async () => {
    const { folder, run, read, append } = await project()
    await run()
    await append(GITLAB, "deploy:\n  script: [deploy]\n")
    await writeFile(join(folder, "quillon.toml"), "[ci]\nretention-days = 3\n")
    expect((await run("--check")).out).toContain("+    expire_in: 3 days\n")
    expect((await run()).code).toBe(0)
    expect(await read(GITLAB)).toMatch(/expire_in: 3 days[\s\S]*deploy:\n {2}script: \[deploy\]\n$/)
  })

  test("writes files side by side for two projects below the root, which both are so afterwards", async () => {
    const { folder, run, read } = await project()
    for (const path of ["services/api", "services/web"]) {
      await mkdir(join(folder, path), { recursive: true })
      await writeFile(join(folder, path, "pyproject.toml"), PYPROJECT)
      expect((await run(path)).code).toBe(0)
    }
    expect(await read(".github/workflows/ci-services-api.yml")).toContain("quillon@1.2.3 ci services/api\n")
    expect(await read(".gitlab/quillon/services-web.yml")).toContain("quillon@1.2.3 ci services/web\n")
    expect(await read(GITLAB)).toContain("- local: /.gitlab/quillon/*.yml\n")
    for (const path of ["services/api", "services/web"]) expect((await run("--check", path)).code).toBe(0)
    await writeFile(join(folder, ".gitlab/quillon/services-web.yml"), "theirs: {}\n")
    const { out } = await run("--check", "services/web")
    expect(out).toContain("next: quillon wrappers services/web --force .gitlab/quillon/services-web.yml replaces it")
  })

  test("says how a person's own GitLab file leads to that of a project below the root, and changes nothing", async () => {
    const { folder, run, read, append } = await project({ [GITLAB]: "theirs: {}\n" })
    await mkdir(join(folder, "api"))
    await writeFile(join(folder, "api/pyproject.toml"), PYPROJECT)
    const { code, err } = await run("api", "--force", GITLAB)
    expect(code).toBe(1)
    expect(err).toMatch(/\.gitlab-ci\.yml is yours.*\n next: add to it: include: \[\{ local: \S+ \}\]\n/)
    expect(await read(GITLAB)).toBe("theirs: {}\n")
    await append(GITLAB, `${/add to it: (.*)/.exec(err)?.[1]}\n`)
    expect((await run("api")).code).toBe(0)
    expect(await read(GITLAB)).toMatch(/^theirs: \{\}\ninclude: .*\n$/)
  })
})

describe("a file that is not what Quillon wrote", () => {
  test("--check shows the difference of an edit, says how to keep it, and leaves with 1", async () => {
    const { run, change } = await project()
    await run()
    await change(GITLAB, ["timeout: 1 hour", "timeout: 9 hours"])
    const { code, out } = await run("--check")
    expect(code).toBe(1)
    expect(out).toContain("-  timeout: 9 hours\n+  timeout: 1 hour\n")
    expect(out).toContain(
      `✗ ${GITLAB} was edited by hand above its line "# quillon: end"\n  next: move your own jobs below`,
    )
  })

  test("an edit is not overwritten, and then nothing is", async () => {
    const { folder, run, read, change } = await project()
    await run()
    await change(GITLAB, ["timeout: 1 hour", "timeout: 9 hours"])
    await writeFile(join(folder, "quillon.toml"), "[ci]\nretention-days = 3\n")
    const { code, err } = await run()
    expect(code).toBe(1)
    expect(err).toContain("was edited by hand")
    expect(err).toMatch(/nothing was written\n$/)
    expect([await read(GITHUB), await read(GITLAB)].join()).not.toContain("3 days")
  })

  test("somebody else's file stays until it is named with --force", async () => {
    const { run, read } = await project({ [GITLAB]: "theirs: {}\n" })
    expect(await run()).toMatchObject({ code: 1, err: expect.stringContaining("Quillon did not write it") })
    expect(await read(GITLAB)).toBe("theirs: {}\n")
    expect((await run("--force", GITLAB)).code).toBe(0)
    expect(await read(GITLAB)).not.toContain("theirs")
  })

  test("a missing one is said by --check, which writes nothing", async () => {
    const { run, read } = await project()
    expect(await run("--check")).toMatchObject({ code: 1, out: expect.stringContaining(`✗ ${GITHUB} is not there`) })
    await expect(read(GITHUB)).rejects.toThrow("ENOENT")
  })

  test("--force with another file's name is wrong usage", async () => {
    await expect((await project()).run("--force", "ci.yml")).rejects.toMatchObject({ code: "NOT_A_WRAPPER" })
  })
})
