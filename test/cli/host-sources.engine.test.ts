import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { dag } from "@dagger.io/dagger"
import { afterEach, beforeEach, expect, test } from "vitest"
import { createHostFiles } from "../../cli/host-files.js"
import { createHostSources } from "../../cli/host-sources.js"
import type { FilePatterns } from "../../src/project/project.js"
import { withEngine } from "../engine-session.js"

const ALL = { include: [], exclude: [] }
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "quillon sources ü "))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(path: string, content = ""): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
}

async function shown(path: string, patterns: FilePatterns) {
  const entries = await createHostSources(dag, { root: folder, path }).view(patterns).glob("**")
  return entries.filter((path) => !path.endsWith("/")).sort()
}

function monorepo(): void {
  write(".gitignore", "*.dat\n/sub/data/\n")
  write("sub/.gitignore", "local.py\n")
  write("sub/a.py")
  write("sub/b.dat")
  write("sub/local.py")
  write("sub/data/c.py")
  write("sub/.venv/big.py")
  write("sub/pkg/__pycache__/a.pyc")
  write("sub/pkg/naïve file.py")
}

test.each([
  ["at the root of a repository", "."],
  ["in a folder of a repository", "sub"],
])("a view shows what the list of files has: %s", async (_where, path) => {
  monorepo()
  execFileSync("git", ["init", "-q", folder])
  const listed = await createHostFiles(join(folder, path)).list()
  await withEngine(async () => {
    expect(await shown(path, ALL)).toEqual(listed)
  })
  expect(listed.join()).toContain("naïve file.py")
})

test("outside git the .gitignore files themselves count", async () => {
  monorepo()
  const listed = await createHostFiles(folder).list()
  await withEngine(async () => {
    expect(await shown(".", ALL)).toEqual(listed)
  })
})

test("patterns narrow it, and what is excluded stays out, in a folder of a repository too", async () => {
  monorepo()
  write("sub/README.md")
  execFileSync("git", ["init", "-q", folder])
  await withEngine(async () => {
    expect(await shown("sub", { include: ["**/*.py"], exclude: ["pkg/**"] })).toEqual(["a.py"])
    expect(await shown(".", { include: ["**/*.py"], exclude: ["sub/pkg/**"] })).toEqual(["sub/a.py"])
  })
})

test.each([".", "sub"])(
  "a view's digest changes with the content that it shows, and with nothing else: %s",
  async (path) => {
    monorepo()
    execFileSync("git", ["init", "-q", folder])
    const include = [path === "." ? "sub/a.py" : "a.py"]
    const digest = async () => {
      let value = ""
      await withEngine(async () => {
        value = await createHostSources(dag, { root: folder, path }).view({ include, exclude: [] }).digest()
      })
      return value
    }
    const first = await digest()
    write("README.md", "new")
    write("sub/README.md", "new")
    utimesSync(join(folder, "sub/a.py"), 1, 1)
    expect(await digest()).toBe(first)
    write("sub/a.py", "x = 1\n")
    expect(await digest()).not.toBe(first)
  },
)

test("an ignored gigabyte is not sent", { timeout: 60_000 }, async () => {
  write(".gitignore", "/big/\n")
  write("a.py")
  write("big/file")
  truncateSync(join(folder, "big/file"), 1024 ** 3)
  execFileSync("git", ["init", "-q", folder])
  await withEngine(async () => {
    const began = Date.now()
    expect(await shown(".", ALL)).toEqual([".gitignore", "a.py"])
    expect(Date.now() - began).toBeLessThan(10_000)
  })
})
