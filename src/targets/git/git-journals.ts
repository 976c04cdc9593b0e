import type {
  JournalEntry,
  JournalStore,
  JournalWritten,
  ListedJournal,
  StoredJournal,
} from "../ports/journal-store.js"
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
      const found = await journalsAt(
        run,
        PLACES.map((place) => `${place}*`),
      )
      if (found.kind !== "found") return found
      const listed = PLACES.flatMap((place) =>
        found.value.filter(({ ref }) => ref.startsWith(place)).map((each) => named(each, place)),
      )
      const first = new Map(listed.toReversed().map((each) => [each.version, each]))
      return { kind: "found", value: [...first.values()] }
    },
    create: (entry) => create(run, entry),
    swap: (entry, { ref, id }) => write(run, entry, { ref, old: id }),
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
  const names = places.map((place) => `${place}${version}`)
  const found = await journalsAt(run, names)
  if (found.kind !== "found") return found
  const value = names.map((name) => found.value.find(({ ref }) => ref === name)).find((each) => each !== undefined)
  return value === undefined ? { kind: "absent" } : { kind: "found", value }
}

/** Journals below names of refs: all as one answer of the remote told them. */
async function journalsAt(
  run: RunGit,
  patterns: readonly string[],
): Promise<{ kind: "found"; value: readonly StoredJournal[] } | Unseen> {
  const result = await run({ operation: "read-journals", patterns })
  if (result.kind === "failed") return unseenBy(result)
  return { kind: "found", value: expectResult(result, "journals").journals }
}

function named(journal: StoredJournal, place: string): ListedJournal {
  return { ...journal, version: journal.ref.slice(place.length) }
}

interface HeldRef {
  readonly ref: string
  readonly id: string
}

async function refsOf(run: RunGit, version: string): Promise<{ kind: "found"; value: readonly HeldRef[] } | Unseen> {
  const names = PLACES.map((place) => `${place}${version}`)
  const result = await run({ operation: "refs", patterns: names })
  if (result.kind === "failed") return unseenBy(result)
  const { refs } = expectResult(result, "refs")
  return { kind: "found", value: names.flatMap((ref) => (refs[ref] === undefined ? [] : [{ ref, id: refs[ref] }])) }
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
