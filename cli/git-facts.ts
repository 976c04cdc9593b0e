import { execFile } from "node:child_process"
import { realpath } from "node:fs/promises"
import { dirname, join } from "node:path"
import { isThere } from "./is-there.js"

/** What git says of the folder that a run looks at. */
export interface GitFacts {
  /** Absolute path of the work tree's root. */
  readonly root: string
  /** Null before the first commit. */
  readonly commit: string | null
  /** When the commit was made, as ISO 8601. */
  readonly committed?: string
  /** True where a tracked file differs from the commit or an untracked one is not ignored. */
  readonly dirty: boolean
}

/** Commit, state and root of the work tree around a folder; null outside git or without the program. */
export async function readGitFacts(folder: string): Promise<GitFacts | null> {
  const args = ["--no-optional-locks", "status", "--porcelain=v2", "--branch", "--untracked-files=normal", "-z"]
  const [root, status, time] = await Promise.all([
    findGitRoot(folder),
    git(folder, args),
    git(folder, ["log", "-1", "--format=%cI"]),
  ])
  if (root === undefined || status === undefined) return null
  return { root, ...parseStatus(status), ...(time === undefined ? {} : { committed: time.trim() }) }
}

/** The nearest folder at or above this one that has `.git`. Looked for here: a process more costs 10 ms at each start. */
export async function findGitRoot(folder: string): Promise<string | undefined> {
  const here = await realpath(folder)
  for (let at = here; ; at = dirname(at)) {
    if (await isThere(join(at, ".git"))) return at
    if (at === dirname(at)) return undefined
  }
}

/** Reads `git status --porcelain=v2 --branch -z`. Pure. */
export function parseStatus(status: string): Pick<GitFacts, "commit" | "dirty"> {
  const entries = status.split("\0").filter((entry) => entry !== "")
  const oid = entries.find((entry) => entry.startsWith("# branch.oid "))?.slice("# branch.oid ".length)
  return {
    commit: oid === undefined || oid === "(initial)" ? null : oid,
    dirty: entries.some((entry) => !entry.startsWith("# ")),
  }
}

/** Output of git, or undefined when it failed or is not there. */
export function git(folder: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { maxBuffer: 256 * 1024 * 1024, encoding: "utf8" as const }
    execFile("git", ["-C", folder, ...args], options, (error, stdout) => resolve(error === null ? stdout : undefined))
  })
}
