import { chmod, readFile, stat, symlink } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { versionCommand } from "../../../cli/commands/version.js"
import { complain } from "../../../cli/complain.js"
import { exitCodeOfError } from "../../../cli/exit-code.js"
import { fakeIo } from "../fake-io.js"
import { makeRepository } from "../version/repository.js"

const PYPROJECT = `[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "demo"
version = "3.3.0"
requires-python = ">=3.9"
`

const DRIFTED = { "pyproject.toml": PYPROJECT, "src/demo/__init__.py": '__version__ = "3.1"\n' }

/** Runs `quillon version …` as the program would, errors included. */
async function run(cwd: string, ...argv: readonly string[]) {
  const io = fakeIo({ cwd, argv: ["version", ...argv] })
  try {
    await versionCommand(io)
      .exitOverride()
      .parseAsync([...argv], { from: "user" })
  } catch (error) {
    complain(io, error)
    io.leave(exitCodeOfError(error))
  }
  return { code: io.code(), out: io.out(), err: io.err() }
}

const read = (folder: string, path: string) => readFile(join(folder, path), "utf8")

describe("the case that Quillon was started for", () => {
  async function repository() {
    const made = await makeRepository(DRIFTED)
    await made.commit("v3.2.0")
    return made
  }

  test("check shows every place with file, line and verdict, and leaves with 1", async () => {
    const { code, out } = await run((await repository()).folder, "check")
    expect(code).toBe(1)
    expect(out).toBe(
      [
        "demo 3.3.0  as pyproject.toml says",
        "",
        "  ●  [project] version  3.3.0  pyproject.toml:7        decides",
        "  ✗  __version__        3.1    src/demo/__init__.py:1  differs, should be 3.3.0",
        "  ·  newest tag         3.2.0  v3.2.0                  behind: not released yet",
        "",
        "disagree: the other place says another version than 3.3.0 (pyproject.toml)",
        "    next: quillon version sync",
        "",
      ].join("\n"),
    )
  })

  test("sync repairs it, and check then leaves with 0", async () => {
    const { folder, git } = await repository()
    const synced = await run(folder, "sync")
    expect(synced.code).toBe(0)
    expect(synced.out).toContain("src/demo/__init__.py:1  3.1  →  3.3.0")
    expect(await git("diff", "--stat=200")).toContain("1 file changed, 1 insertion(+), 1 deletion(-)")
    expect(await read(folder, "src/demo/__init__.py")).toBe('__version__ = "3.3.0"\n')
    expect((await run(folder, "check")).code).toBe(0)
    expect((await run(folder, "sync")).out).toBe("nothing to do: every place says 3.3.0\n")
  })

  test("show says the version in its three spellings", async () => {
    const { folder } = await repository()
    expect((await run(folder, "show", "--as", "pep440")).out).toBe("3.3.0\n")
    const { out } = await run(folder)
    expect(out).toContain("tag       v3.2.0, so this version is unreleased")
    expect(out).toContain("may move 3.3, 3, latest")
  })

  test("machines read the same as people", async () => {
    const { out, code } = await run((await repository()).folder, "check", "--format", "json")
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      outcome: "disagree",
      version: "3.3.0",
      source: "pyproject.toml",
      tag: { verdict: "unreleased", name: "v3.2.0" },
      places: [
        { file: "pyproject.toml", line: 7, value: "3.3.0", verdict: "source" },
        { file: "src/demo/__init__.py", line: 1, value: "3.1", verdict: "differs", expected: "3.3.0" },
      ],
    })
  })

  test("bump raises every place at once", async () => {
    const { folder } = await repository()
    expect((await run(folder, "bump", "prerelease", "--label", "beta")).code).toBe(0)
    expect(await read(folder, "pyproject.toml")).toBe(PYPROJECT.replace("3.3.0", "3.3.1b1"))
    expect(await read(folder, "src/demo/__init__.py")).toBe('__version__ = "3.3.1b1"\n')
    expect((await run(folder, "check")).code).toBe(0)
  })
})

describe("nothing is written", () => {
  async function refused(files: Readonly<Record<string, string>>, tags: readonly string[], argv: readonly string[]) {
    const { folder, commit } = await makeRepository(files, tags.length === 0 ? { git: false } : {})
    if (tags.length > 0) await commit(...tags)
    const result = await run(folder, ...argv)
    for (const [path, text] of Object.entries(files)) expect(await read(folder, path)).toBe(text)
    expect(result.err.trimEnd().split("\n")).toHaveLength(2)
    return result
  }

  test.each<[string, Record<string, string>, string[], string[], number, RegExp]>([
    [
      "a tag ahead",
      DRIFTED,
      ["v3.4.0"],
      ["sync"],
      1,
      /tag 3\.4\.0 is ahead of 3\.3\.0 in pyproject\.toml.*\n.*quillon version bump 3\.4\.0/,
    ],
    ["two tags on one commit", DRIFTED, ["v3.1.0", "v3.2.0"], ["sync"], 1, /v3\.2\.0 and v3\.1\.0 mark one commit/],
    [
      "VERSION with a byte order mark",
      { ...DRIFTED, VERSION: "\ufeff3.3.0\n" },
      [],
      ["sync"],
      1,
      /VERSION begins with a byte order mark.*\n.*printf '3\.3\.0\\n' > VERSION/,
    ],
    [
      "VERSION with a stray newline",
      { ...DRIFTED, VERSION: "3.3.0\n\n" },
      [],
      ["bump", "minor"],
      1,
      /VERSION has blanks or stray newlines/,
    ],
    [
      "a malformed lock",
      { ...DRIFTED, "uv.lock": "<<<<<<< ours\n" },
      [],
      ["sync"],
      2,
      /uv\.lock line 1:\d+: no valid TOML/,
    ],
    ["a version that goes backwards", DRIFTED, [], ["bump", "3.2.9"], 64, /3\.2\.9 lies before 3\.3\.0/],
    ["a word that is no step", DRIFTED, [], ["bump", "bigger"], 64, /can't bump to "bigger"/],
    [
      "a label without prerelease",
      DRIFTED,
      [],
      ["bump", "minor", "--label", "rc"],
      64,
      /--label rc is for a prerelease/,
    ],
    [
      "contradicting settings",
      { ...DRIFTED, VERSION: "3.3.0\n", "quillon.toml": '[version]\nsource = "pyproject.toml"\n' },
      [],
      ["sync"],
      64,
      /VERSION file, and version\.source says pyproject\.toml/,
    ],
  ])("%s", async (_name, files, tags, argv, code, said) => {
    const result = await refused(files, tags, argv)
    expect(result.err).toMatch(said)
    expect(result.code).toBe(code)
  })
})

test("byte order mark, CRLF, mode and links survive a sync", async () => {
  const { folder, write } = await makeRepository({ "pyproject.toml": PYPROJECT }, { git: false })
  await write({ "real/init.py": "\ufeff# é\r\n__version__ = '3.1'\t# keep\r\n", "src/demo/a.py": "" })
  await chmod(join(folder, "real/init.py"), 0o755)
  await symlink("../../real/init.py", join(folder, "src/demo/__init__.py"))
  expect((await run(folder, "sync")).code).toBe(0)
  expect(await read(folder, "real/init.py")).toBe("\ufeff# é\r\n__version__ = '3.3.0'\t# keep\r\n")
  expect((await stat(join(folder, "real/init.py"))).mode & 0o777).toBe(0o755)
})

test("no git: the files alone are compared", async () => {
  const { folder } = await makeRepository(DRIFTED, { git: false })
  expect((await run(folder, "sync")).code).toBe(0)
  const { code, out } = await run(folder, "check")
  expect(code).toBe(0)
  expect(out).toContain("no git repository")
})

test("a shallow clone could not look", async () => {
  const { folder, git, commit } = await makeRepository({ "pyproject.toml": PYPROJECT })
  await commit("v1.0.0")
  await commit()
  await git("clone", "--quiet", "--depth=1", `file://${folder}`, join(folder, "clone"))
  const { code, out } = await run(join(folder, "clone"), "check")
  expect(code).toBe(2)
  expect(out).toContain("could not look: this clone is shallow")
  expect(out).toContain("next: git fetch --unshallow --tags")
})

test("a changelog without the version that was released is left to a person", async () => {
  const { folder, commit } = await makeRepository({ ...DRIFTED, "CHANGELOG.md": "## 3.2.0\n" })
  await commit("v3.3.0")
  const { code, out } = await run(folder, "sync")
  expect(code).toBe(1)
  expect(out).toContain("next: write the entry of 3.3.0 in CHANGELOG.md")
  expect(await read(folder, "CHANGELOG.md")).toBe("## 3.2.0\n")
})

test("wrong usage leaves with 64", async () => {
  expect((await run("/", "check", join("/", "nowhere-at-all"))).code).toBe(64)
})

test("what a file says can't reach the terminal as an escape", async () => {
  const { folder } = await makeRepository(
    { ...DRIFTED, "src/demo/__init__.py": '__version__ = "1\u001b[31m.0"\n' },
    { git: false },
  )
  expect((await run(folder, "check")).out).not.toContain("\u001b")
})
