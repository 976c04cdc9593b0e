import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { createHostFiles } from "../../cli/host-files.js"

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "quillon host-files ü "))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(path: string, content: string | Buffer = ""): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
}

function git(...args: readonly string[]): void {
  execFileSync("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@t", ...args], { stdio: "ignore" })
}

function sampleProject(): void {
  write(".gitignore", "*.log\n/build/\n!keep.log\n")
  write("pyproject.toml", "[project]\n")
  write("src/naïve pkg/__init__.py")
  write("build/out.txt")
  write("debug.log")
  write("keep.log")
  write("sub/.gitignore", "local.txt\n")
  write("sub/local.txt")
  write("sub/other.txt")
  write(".venv/lib/big.py")
  write("src/__pycache__/a.pyc")
}

const SHOWN = [
  ".gitignore",
  "keep.log",
  "pyproject.toml",
  "src/naïve pkg/__init__.py",
  "sub/.gitignore",
  "sub/other.txt",
]

describe("list", () => {
  test("in git: what it does not ignore, committed or not", async () => {
    sampleProject()
    git("init", "-q")
    git("add", "pyproject.toml")
    expect(await createHostFiles(folder).list()).toEqual(SHOWN)
  })

  test("outside git: the same, from the .gitignore files themselves", async () => {
    sampleProject()
    expect(await createHostFiles(folder).list()).toEqual(SHOWN)
  })

  test("in a folder of a repository: only what is below, with the rules from above", async () => {
    sampleProject()
    git("init", "-q")
    expect(await createHostFiles(join(folder, "sub")).list()).toEqual([".gitignore", "other.txt"])
  })

  test("a file that was removed and not committed is not there", async () => {
    sampleProject()
    git("init", "-q")
    git("add", "-A")
    rmSync(join(folder, "sub/other.txt"))
    expect(await createHostFiles(folder).list()).not.toContain("sub/other.txt")
  })

  test("a virtual environment of any name is left out outside git", async () => {
    write("a.py")
    write("env311/pyvenv.cfg")
    write("env311/lib/b.py")
    expect(await createHostFiles(folder).list()).toEqual(["a.py"])
  })

  test("a link that leaves the project is left out, one that stays is not", async () => {
    write("a.py")
    symlinkSync("a.py", join(folder, "inside.py"))
    symlinkSync("/etc/hostname", join(folder, "outside"))
    symlinkSync("nowhere", join(folder, "broken"))
    expect(await createHostFiles(folder).list()).toEqual(["a.py", "inside.py"])
  })

  test("a name that is not UTF-8 is left out", async () => {
    write("a.py")
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/b`), Buffer.from([0xff]), Buffer.from(".py")]), "")
    expect(await createHostFiles(folder).list()).toEqual(["a.py"])
    git("init", "-q")
    expect(await createHostFiles(folder).list()).toEqual(["a.py"])
  })
})

describe("what is left out", () => {
  test("has a reason each, in git and outside", async () => {
    write("a.py")
    symlinkSync("/etc/hostname", join(folder, "outside"))
    symlinkSync("nowhere", join(folder, "broken"))
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/b`), Buffer.from([0xff])]), "")
    const expected = [
      { path: "broken", why: "it leads nowhere" },
      { path: "b\ufffd", why: "its name is not UTF-8" },
      { path: "outside", why: "it leads out of the project" },
    ]
    const inAnyOrder = expect.arrayContaining(expected)
    expect(await createHostFiles(folder).leftOut?.()).toEqual(inAnyOrder)
    git("init", "-q")
    expect(await createHostFiles(folder).leftOut?.()).toEqual(inAnyOrder)
  })

  test("is nothing in a project of plain files, ignored and deleted ones included", async () => {
    sampleProject()
    git("init", "-q")
    git("add", "pyproject.toml")
    rmSync(join(folder, "pyproject.toml"))
    expect(await createHostFiles(folder).leftOut?.()).toEqual([])
  })
})

describe("read", () => {
  test("gives text, without a byte order mark", async () => {
    write("a.txt", Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from("naïve")]))
    expect(await createHostFiles(folder).read("a.txt")).toBe("naïve")
  })

  test.each(["missing.txt", "folder", "binary", "outside", "../outside.txt"])("gives nothing for %s", async (path) => {
    write("folder/x")
    write("binary", Buffer.from([0xff, 0xfe, 0x00]))
    symlinkSync("/etc/hostname", join(folder, "outside"))
    expect(await createHostFiles(folder).read(path)).toBeUndefined()
  })

  test("may reach up to the root of the repository, and no further", async () => {
    write("uv.lock", "version = 1\n")
    write("packages/a/pyproject.toml")
    git("init", "-q")
    const files = createHostFiles(join(folder, "packages/a"))
    expect(await files.read("../../uv.lock")).toBe("version = 1\n")
    expect(await files.read("../../../etc/hostname")).toBeUndefined()
  })
})

test("a file that is no text is told of with its byte and line, and a source is read as it declares itself", async () => {
  write("setup.cfg", Buffer.from("[metadata]\nauthor = M\u00fcller\n", "latin1"))
  write("x.py", Buffer.from("# coding: latin-1\nNAME = 'M\u00fcller'\n", "latin1"))
  const files = createHostFiles(folder)
  expect(await files.read("setup.cfg")).toBeUndefined()
  expect(await files.whyUnread?.("setup.cfg")).toBe("it is not UTF-8: byte 0xfc on line 2")
  expect(await files.whyUnread?.("gone.cfg")).toBe("it may not be read")
  expect(await files.read("x.py")).toContain("Müller")
})
