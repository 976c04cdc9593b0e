import { readdir, readFile, realpath, stat } from "node:fs/promises"
import { join, relative, resolve, sep } from "node:path"
import ignore, { type Ignore } from "ignore"
import type { ProjectFiles } from "../src/project/files.js"
import { findGitRoot, git } from "./git-facts.js"
import { isNeverShown } from "./never-shown.js"

/** The project's files on this machine. */
export function createHostFiles(folder: string): ProjectFiles {
  let listed: Promise<readonly string[]> | undefined
  let limit: Promise<string> | undefined
  return {
    list() {
      listed ??= listFiles(folder)
      return listed
    },
    async read(path) {
      limit ??= findGitRoot(folder).then((root) => root ?? realpath(folder))
      return readText(resolve(folder, path), await limit)
    },
  }
}

async function readText(path: string, limit: string): Promise<string | undefined> {
  try {
    const real = await realpath(path)
    if (!isWithin(real, limit) || !(await stat(real)).isFile()) return undefined
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(real))
  } catch {
    return undefined
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const listed = await git(folder, ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"])
  const paths = listed === undefined || listed === "" ? await walk(folder) : fromGit(listed)
  const kept = await Promise.all(paths.map(async (path) => ((await isShown(folder, path)) ? path : undefined)))
  return kept.filter((path) => path !== undefined).sort()
}

function fromGit(listed: string): readonly string[] {
  return listed
    .split("\0")
    .filter((path) => path !== "" && !path.includes("\ufffd") && !path.split("/").some(isNeverShown))
}

/** False for a file that is gone, a submodule, and a link that leaves the project. */
async function isShown(folder: string, path: string): Promise<boolean> {
  try {
    const real = await realpath(join(folder, path))
    return isWithin(real, await realpath(folder)) && (await stat(real)).isFile()
  } catch {
    return false
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
        if (isNeverShown(entry.name) || entry.name.includes("\ufffd") || isIgnored(path, entry.isDirectory(), all))
          return
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

async function isVirtualEnvironment(folder: string): Promise<boolean> {
  return stat(join(folder, "pyvenv.cfg")).then(
    () => true,
    () => false,
  )
}
