import { withoutCredentials } from "../../src/capsule/masking.js"
import { git } from "../git-facts.js"

/** Paths that differ from the commit, relative to the root of the work tree; folders of other repositories apart. */
export interface ChangedPaths {
  readonly files: readonly string[]
  readonly submodules: readonly string[]
}

/** Of a tree that is its commit. */
export const NOTHING_CHANGED: ChangedPaths = { files: [], submodules: [] }

/** What differs from the commit, untracked files included; undefined where git gives no answer. */
export async function changedPaths(root: string): Promise<ChangedPaths | undefined> {
  const args = ["--no-optional-locks", "status", "--porcelain=v2", "--untracked-files=all", "--no-renames", "-z"]
  const status = await git(root, args)
  return status === undefined ? undefined : parseChanges(status)
}

/** Fields before the path in a line of `git status --porcelain=v2`, by how the line begins. */
const FIELDS: Readonly<Record<string, number>> = { "1": 8, u: 10, "?": 1 }

/** Reads `git status --porcelain=v2 --no-renames -z`. Pure. */
export function parseChanges(status: string): ChangedPaths {
  const entries = status.split("\0").flatMap((line) => {
    const parts = line.split(" ")
    const fields = FIELDS[parts[0] ?? ""]
    if (fields === undefined) return []
    const path = parts.slice(fields).join(" ")
    return [{ path, submodule: fields > 1 && parts[2]?.startsWith("S") === true }]
  })
  const paths = (submodule: boolean) => entries.filter((each) => each.submodule === submodule).map(({ path }) => path)
  return { files: paths(false), submodules: paths(true) }
}

/** From where a work tree can be fetched, without credentials: `origin`, else the first remote. */
export async function remoteOf(root: string): Promise<string | null> {
  const listed = (await git(root, ["config", "--null", "--get-regexp", "^remote\\..*\\.url$"])) ?? ""
  const remotes = listed.split("\0").flatMap((entry) => {
    const [key = "", address = ""] = entry.split("\n")
    return address === "" ? [] : [{ key, address }]
  })
  const chosen = remotes.find(({ key }) => key === "remote.origin.url") ?? remotes[0]
  return chosen === undefined ? null : withoutCredentials(chosen.address)
}
