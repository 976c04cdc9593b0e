import { lstat, readdir, readFile, realpath, stat } from "node:fs/promises"
import { join, relative, resolve, sep } from "node:path"
import ignore, { type Ignore } from "ignore"
import { decodeText, undecodableByte } from "../src/project/decode-text.js"
import type { LeftOut, ProjectFiles } from "../src/project/files.js"
import { findGitRoot, git } from "./git-facts.js"
import { isThere } from "./is-there.js"
import { isNeverShown } from "./never-shown.js"

/** The project's files on this machine. */
export function createHostFiles(folder: string): ProjectFiles {
  let looked: Promise<Listing> | undefined
  let limit: Promise<string> | undefined
  const look = () => {
    looked ??= listFiles(folder)
    return looked
  }
  return {
    list: async () => (await look()).shown,
    leftOut: async () => (await look()).leftOut,
    async read(path) {
      limit ??= findGitRoot(folder).then((root) => root ?? realpath(folder))
      return readText(resolve(folder, path), await limit)
    },
    whyUnread: (path) => whyUnread(resolve(folder, path)),
  }
}

async function readText(path: string, limit: string): Promise<string | undefined> {
  try {
    const real = await realpath(path)
    if (!isWithin(real, limit) || !(await stat(real)).isFile()) return undefined
    return decodeText(await readFile(real), { path })
  } catch {
    return undefined
  }
}

async function whyUnread(path: string): Promise<string> {
  const bytes = await readFile(path).catch(() => undefined)
  const found = bytes === undefined ? undefined : undecodableByte(bytes)
  if (found === undefined) return "it may not be read"
  return `it is not UTF-8: byte 0x${found.byte.toString(16)} on line ${found.line}`
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

interface Listing {
  readonly shown: readonly string[]
  readonly leftOut: readonly LeftOut[]
}

async function listFiles(folder: string): Promise<Listing> {
  const listed = await git(folder, ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"])
  const paths = listed === undefined || listed === "" ? await walk(folder) : fromGit(listed)
  const limit = await realpath(folder)
  const sorted = [...paths].sort()
  const verdicts = await Promise.all(sorted.map((path) => judge(join(folder, path), limit)))
  return {
    shown: sorted.filter((_, at) => verdicts[at] === "shown"),
    leftOut: sorted.flatMap((path, at) => {
      const why = verdicts[at]
      return why === undefined || why === "shown" ? [] : [{ path, why }]
    }),
  }
}

function fromGit(listed: string): readonly string[] {
  return listed.split("\0").filter((path) => path !== "" && !path.split("/").some(isNeverShown))
}

/** Undefined for what is no file of the project and nothing to tell of: a file that is gone, a submodule. */
async function judge(path: string, limit: string): Promise<LeftOut["why"] | "shown" | undefined> {
  if (path.includes("\ufffd")) return "its name is not UTF-8"
  try {
    const real = await realpath(path)
    if (!isWithin(real, limit)) return "it leads out of the project"
    return (await stat(real)).isFile() ? "shown" : undefined
  } catch {
    const found = await lstat(path).catch(() => undefined)
    return found?.isSymbolicLink() === true ? "it leads nowhere" : undefined
  }
}

/** All files below a folder outside git, as its `.gitignore` files have it. */
async function walk(folder: string): Promise<readonly string[]> {
  const found: string[] = []
  const visit = async (at: string, rules: readonly Rule[]): Promise<void> => {
    const own = await readIgnore(at)
    const all = own === undefined ? rules : [...rules, { base: at, matcher: own }]
    const entries = await readdir(at, { withFileTypes: true }).catch(() => [])
    await Promise.all(
      entries.map(async (entry) => {
        const path = join(at, entry.name)
        if (isNeverShown(entry.name) || isIgnored(path, entry.isDirectory(), all)) return
        if (!entry.isDirectory()) return void found.push(relative(folder, path).split(sep).join("/"))
        if (!(await isVirtualEnvironment(path))) await visit(path, all)
      }),
    )
  }
  await visit(folder, [])
  return found
}

interface Rule {
  readonly base: string
  readonly matcher: Ignore
}

async function readIgnore(folder: string): Promise<Ignore | undefined> {
  const text = await readFile(join(folder, ".gitignore"), "utf8").catch(() => undefined)
  return text === undefined ? undefined : ignore().add(text)
}

/** The nearest `.gitignore` that says anything decides. */
function isIgnored(path: string, folder: boolean, rules: readonly Rule[]): boolean {
  for (const { base, matcher } of [...rules].reverse()) {
    const verdict = matcher.test(relative(base, path).split(sep).join("/") + (folder ? "/" : ""))
    if (verdict.ignored) return true
    if (verdict.unignored) return false
  }
  return false
}

function isVirtualEnvironment(folder: string): Promise<boolean> {
  return isThere(join(folder, "pyvenv.cfg"))
}
