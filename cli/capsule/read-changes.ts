import { lstat, readFile, readlink } from "node:fs/promises"
import { join } from "node:path"
import type { KnownSecret } from "../../src/capsule/masking.js"
import type { Capsule, ChangedFile } from "../../src/capsule/schema.js"
import { isNeverShown } from "../never-shown.js"
import type { ChangedPaths } from "./git-state.js"

type Changes = Capsule["changes"]

/** Bytes of changed files that a capsule holds at most, and of one of them. */
const ROOM = 2 * 1024 * 1024
const LARGEST = 1024 * 1024
/** Changed files that a capsule holds at most. */
const MOST = 2_000

/** What the run was told of its tree. */
export interface ChangesRequest {
  readonly root: string
  readonly dirty: boolean
  /** What git says of it; undefined where it gives no answer. */
  readonly changed: Promise<ChangedPaths | undefined>
  readonly wanted: boolean
  readonly secrets: readonly KnownSecret[]
}

/** The files of a work tree that differ from the commit, as they are. What does not fit is named with the reason. */
export async function readChanges({ root, dirty, changed: asked, wanted, secrets }: ChangesRequest): Promise<Changes> {
  if (!dirty) return { kind: "none", files: [], missing: [] }
  if (!wanted) return { kind: "left-out", files: [], missing: [] }
  const changed = await asked
  if (changed === undefined) return { kind: "unknown", files: [], missing: [] }
  const files: ChangedFile[] = []
  const missing = changed.submodules.map((path) => ({ path, why: "it is another repository" }))
  let room = ROOM
  for (const path of changed.files.filter((each) => !each.split("/").some(isNeverShown))) {
    const read = files.length < MOST ? await readChange(join(root, path), { path, room, secrets }) : TOO_MANY
    if ("why" in read) missing.push({ path, why: read.why })
    else {
      files.push(read.file)
      room -= read.bytes
    }
  }
  return { kind: "recorded", files, missing: missing.slice(0, MOST) }
}

type Read = { readonly file: ChangedFile; readonly bytes: number } | { readonly why: string }

const TOO_MANY: Read = { why: `more than ${MOST} files are changed` }

interface Wish {
  readonly path: string
  readonly room: number
  readonly secrets: readonly KnownSecret[]
}

async function readChange(place: string, { path, room, secrets }: Wish): Promise<Read> {
  try {
    const found = await lstat(place)
    if (found.isSymbolicLink()) return { file: { kind: "link", path, target: await readlink(place) }, bytes: 100 }
    if (!found.isFile()) return { why: "it is no file" }
    if (found.size > LARGEST) return { why: `it has ${found.size} bytes` }
    if (found.size > room) return { why: "the files before it fill the capsule" }
    const bytes = await readFile(place)
    const executable = (found.mode & 0o100) !== 0
    const text = asText(bytes)
    if (text !== undefined) return { file: { kind: "text", path, executable, text }, bytes: bytes.length }
    // In base64 nobody would find a value to mask it.
    const secret = secrets.find(({ value }) => bytes.includes(value))
    if (secret !== undefined) return { why: `it holds the value of ${secret.name}` }
    return { file: { kind: "bytes", path, executable, base64: bytes.toString("base64") }, bytes: bytes.length * 1.34 }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === "ENOENT" || code === "ENOTDIR") return { file: { kind: "gone", path }, bytes: path.length }
    return { why: `it can't be read: ${code}` }
  }
}

/** A text is what comes back the same from UTF-8, and has no zero byte. */
function asText(bytes: Buffer): string | undefined {
  const text = bytes.toString("utf8")
  return !text.includes("\0") && Buffer.from(text).equals(bytes) ? text : undefined
}
