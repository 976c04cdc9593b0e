import type { JournalEntry, JournalStore, JournalWritten, StoredJournal } from "../ports/journal-store.js"
import type { Found, Unseen } from "../ports/sight.js"
import { expectResult, type GitResult, type RunGit } from "./git-program.js"
import { deniedBy, isStale, unseenBy, writtenBy } from "./read-failure.js"

/** Where journals are: a namespace of their own; branches where a host refuses it. Branches don't start a pipeline. */
const PLACES = ["refs/quillon/release/", "refs/heads/quillon/release/"] as const

const OPTIONS = ["ci.skip"]

/** Where the journals of abandoned releases stay, in the order of {@link PLACES}. */
const ABANDONED = PLACES.map((place) => place.replace("/release/", "/abandoned/"))

/** Journals as refs of a git remote. */
export function createGitJournals(run: RunGit): JournalStore {
  return {
    read: (version) => readAt(run, PLACES, version),
    abandoned: (version) => readAt(run, ABANDONED, version),
    async list() {
      const result = await run({ operation: "refs", patterns: PLACES.map((place) => `${place}*`) })
      if (result.kind === "failed") return unseenBy(result)
      const names = Object.keys(expectResult(result, "refs").refs)
      const versions = names.flatMap((name) =>
        PLACES.flatMap((p) => (name.startsWith(p) ? [name.slice(p.length)] : [])),
      )
      return { kind: "found", value: [...new Set(versions)].sort() }
    },
    create: (entry) => create(run, entry),
    async swap(entry, old) {
      const refs = await refsOf(run, entry.version)
      if (refs.kind !== "found") return unwritten(refs)
      const held = refs.value.find(({ id }) => id === old)
      return held === undefined ? { kind: "beaten" } : write(run, entry, { ref: held.ref, old })
    },
    async remove(_version, old) {
      const updates = [{ ref: old.ref, new: null, old: old.id }]
      const result = await run({ operation: "push", updates, options: optionsFor(old.ref) })
      return resultOf(result, old)
    },
    async close(_version, old) {
      const ref = old.ref.replace("/release/", "/abandoned/")
      const updates = [
        { ref, new: old.id, old: null },
        { ref: old.ref, new: null, old: old.id },
      ]
      const result = await run({ operation: "push", commits: [old.id], updates, options: optionsFor(ref) })
      return resultOf(result, { ...old, ref })
    },
  }
}

async function readAt(run: RunGit, places: readonly string[], version: string): Promise<Found<StoredJournal>> {
  const refs = await refsOf(run, version, places)
  if (refs.kind !== "found") return refs
  const [found] = refs.value
  return found === undefined ? { kind: "absent" } : readJournal(run, found)
}

interface HeldRef {
  readonly ref: string
  readonly id: string
}

async function refsOf(
  run: RunGit,
  version: string,
  places: readonly string[] = PLACES,
): Promise<{ kind: "found"; value: readonly HeldRef[] } | Unseen> {
  const names = places.map((place) => `${place}${version}`)
  const result = await run({ operation: "refs", patterns: names })
  if (result.kind === "failed") return unseenBy(result)
  const { refs } = expectResult(result, "refs")
  return { kind: "found", value: names.flatMap((ref) => (refs[ref] === undefined ? [] : [{ ref, id: refs[ref] }])) }
}

async function readJournal(run: RunGit, { ref, id }: HeldRef): Promise<Found<StoredJournal>> {
  const result = await run({ operation: "read-journal", id })
  if (result.kind === "failed") return unseenBy(result)
  const { text, commit = "" } = expectResult(result, "read")
  return { kind: "found", value: { id, text: text ?? "", commit, ref } }
}

/** Writes where neither ref is, then looks at both: where the other one is too, ours is taken away again. */
async function create(run: RunGit, entry: JournalEntry): Promise<JournalWritten> {
  const before = await refsOf(run, entry.version)
  if (before.kind !== "found") return unwritten(before)
  if (before.value.length > 0) return { kind: "beaten" }
  const [namespace, branch] = PLACES.map((place) => ({ ref: `${place}${entry.version}`, old: null }))
  let written = await write(run, entry, namespace as RefBefore)
  if (written.kind === "refused" && written.reason.kind === "denied") {
    const refused = written
    written = await write(run, entry, branch as RefBefore)
    if (written.kind === "refused") return refused
  }
  if (written.kind !== "done") return written
  const { journal } = written
  const after = await refsOf(run, entry.version)
  if (after.kind !== "found") return { kind: "lost", why: after.why }
  const [first] = after.value
  if (after.value.length === 1 && first?.id === journal.id) return written
  await run({ operation: "push", updates: [{ ref: journal.ref, new: null, old: journal.id }] })
  return { kind: "beaten" }
}

interface RefBefore {
  readonly ref: string
  readonly old: string | null
}

async function write(run: RunGit, entry: JournalEntry, { ref, old }: RefBefore): Promise<JournalWritten> {
  const { version, text, commit } = entry
  const result = await run({ operation: "write-journal", ref, version, text, commit, old, options: optionsFor(ref) })
  const id = "id" in result ? (result.id ?? "") : ""
  return resultOf(result, { id, text, commit, ref })
}

function resultOf(result: GitResult, journal: StoredJournal): JournalWritten {
  switch (result.kind) {
    case "done":
      return { kind: "done", journal }
    case "rejected":
      return Object.values(result.reasons).some(isStale)
        ? { kind: "beaten" }
        : deniedBy(result.reasons, result.complaint)
    case "failed":
      return writtenBy(result)
    default:
      throw new TypeError(`the git program answered ${result.kind} to a push`)
  }
}

/** Nothing was written, because it could not be seen what is there. */
function unwritten(unseen: Unseen): JournalWritten {
  const { why } = unseen
  if (unseen.kind === "hidden") {
    return { kind: "refused", reason: { kind: "denied", why, next: "give a token or a key that may read and push" } }
  }
  const wait = unseen.retryAfter === undefined ? {} : { retryAfter: unseen.retryAfter }
  return { kind: "refused", reason: { kind: "unavailable", why, ...wait } }
}

/** A namespace of our own starts no pipeline anyhow, and hosts may know no push options. */
function optionsFor(ref: string): readonly string[] {
  return ref.startsWith("refs/heads/") ? OPTIONS : []
}
