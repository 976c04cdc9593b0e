import { createHash } from "node:crypto"
import { lstat, readFile, readlink } from "node:fs/promises"
import { join } from "node:path"
import { git } from "../git-facts.js"
import { createHostFiles } from "../host-files.js"
import type { ChangedPaths } from "./git-state.js"

/** Digests of a tree's files by path. */
export type FileDigests = Readonly<Record<string, string>>

/** Files of a tree of which digests are kept, and bytes that are read for it. */
const MOST = 50_000
const ROOM = 64 * 1024 * 1024
/** Hexadecimal digits that tell two versions of one file apart. */
const DIGITS = 16

/**
 * Digests of what a run sees of a tree. Git has those of files that are as it knows them, so that only what changed is
 * read. Null where the tree is too large, or git gives no answer.
 */
export async function digestTree(root: string, asked: Promise<ChangedPaths | undefined>): Promise<FileDigests | null> {
  const [listed, changed] = await Promise.all([git(root, ["ls-files", "--stage", "-z"]), asked])
  if (listed === undefined || changed === undefined) return null
  const staged = parseStaged(listed)
  if (staged.size + changed.files.length > MOST) return null
  for (const path of changed.files) staged.delete(path)
  const algorithm = [...staged.values()][0]?.length === 64 ? "sha256" : "sha1"
  const read = await digestFiles(root, changed.files, algorithm)
  if (read === null) return null
  const known = [...staged].map(([path, digest]) => [path, digest.slice(0, DIGITS)] as const)
  return Object.fromEntries([...known, ...read])
}

/** The same of a folder outside git. */
export async function digestFolder(folder: string): Promise<FileDigests | null> {
  const paths = await createHostFiles(folder).list()
  if (paths.length > MOST) return null
  const read = await digestFiles(folder, paths, "sha1")
  return read === null ? null : Object.fromEntries(read)
}

/** Reads `git ls-files --stage -z`: blob by path. Pure. */
export function parseStaged(listed: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const entry of listed.split("\0")) {
    const [, blob, path] = /^\d+ ([0-9a-f]+) \d\t(.+)$/s.exec(entry) ?? []
    if (blob !== undefined && path !== undefined) found.set(path, blob)
  }
  return found
}

async function digestFiles(root: string, paths: readonly string[], algorithm: "sha1" | "sha256") {
  const digests: [string, string][] = []
  let room = ROOM
  for (const path of paths) {
    const place = join(root, path)
    const found = await lstat(place).catch(() => undefined)
    if (found === undefined || found.isDirectory()) continue
    room -= found.size
    if (room < 0) return null
    const bytes = await (found.isSymbolicLink() ? readlink(place).then(Buffer.from) : readFile(place)).catch(() => null)
    if (bytes !== null) digests.push([path, digestBlob(bytes, algorithm)])
  }
  return digests
}

/** As git names the content, so that a commit of what was changed changes nothing. */
function digestBlob(bytes: Buffer, algorithm: "sha1" | "sha256"): string {
  return createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest("hex").slice(0, DIGITS)
}
