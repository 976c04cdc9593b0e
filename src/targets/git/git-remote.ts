import { QuillonError } from "../../errors.js"
import type { GitRemote, NoteWish, Prepared, PushWish } from "../ports/git-remote.js"
import type { Sight, Unseen } from "../ports/sight.js"
import type { Target, Trouble } from "../ports/target.js"
import type { Written } from "../ports/written.js"
import { expectResult, type GitRequest, type RunGit } from "./git-program.js"
import { deniedBy, isStale, unseenBy, writtenBy } from "./read-failure.js"

/** The ref that has the receipts. */
const NOTES = "refs/notes/quillon"

/** The git remote of a release: branch, tag and notes. */
export function createGitRemote(run: RunGit): GitRemote {
  const refs = async (patterns: readonly string[]): Promise<Refs | Unseen> => {
    const result = await run({ operation: "refs", patterns })
    return result.kind === "failed" ? unseenBy(result) : expectResult(result, "refs")
  }
  return {
    name: "git remote",
    check: (wish) => check({ run, refs }, wish),
    prepare: (wish) => prepared(run, { operation: "prepare", ...wish }),
    adopt: (tag) => prepared(run, { operation: "adopt", tag }),
    async tip(branch) {
      const ref = `refs/heads/${branch}`
      const found = await refs([ref])
      if (found.kind !== "refs") return found
      const value = found.refs[ref]
      return value === undefined ? { kind: "absent" } : { kind: "found", value }
    },
    push: createPush({ run, refs }),
    notes: createNotes(run),
    receipt: (tag) => readReceipt(run, tag),
  }
}

interface Refs {
  readonly kind: "refs"
  readonly refs: Readonly<Record<string, string>>
}

interface Ports {
  readonly run: RunGit
  refs(patterns: readonly string[]): Promise<Refs | Unseen>
}

async function prepared(run: RunGit, request: GitRequest): Promise<Prepared> {
  const result = await run(request)
  if (result.kind === "refused") return result
  if (result.kind !== "failed") return expectResult(result, "prepared")
  throw new QuillonError({
    code: "GIT_REMOTE_UNREACHABLE",
    message: `the planned commit could not be fetched: ${result.complaint}`,
    next: "run it again when the remote answers",
    kind: "environment",
  })
}

function createPush({ run, refs }: Ports): Target<PushWish> {
  const probe = async ({ release: { tag } }: PushWish): Promise<Sight> => {
    const ref = `refs/tags/${tag.name}`
    const found = await refs([ref])
    if (found.kind !== "refs") return found
    const object = found.refs[ref]
    if (object === undefined) return { kind: "absent" }
    return object === tag.object
      ? { kind: "identical" }
      : { kind: "different", detail: `the tag ${tag.name} is ${object}, not ${tag.object}` }
  }
  return {
    settleSeconds: 0,
    probe,
    verify: probe,
    async apply(wish): Promise<Written> {
      const { release, branch } = wish
      const { tag, commit } = release
      const head = branch === null ? undefined : { ref: `refs/heads/${branch.name}`, new: commit, old: branch.at }
      const result = await run({
        operation: "push",
        commits: [commit],
        tags: [tag.content],
        // A branch that is to stay where it is would be no update, and its lease would not be looked at.
        updates: [...(head === undefined ? [] : [head]), { ref: `refs/tags/${tag.name}`, new: tag.object, old: null }],
      })
      if (result.kind === "failed") return writtenBy(result)
      if (result.kind !== "rejected") {
        expectResult(result, "done")
        return { kind: "done", receipt: { what: `tag ${tag.name}`, where: "git remote", digest: tag.object } }
      }
      const tagReason = result.reasons[`refs/tags/${tag.name}`] ?? ""
      const headReason = head === undefined ? "" : (result.reasons[head.ref] ?? "")
      if (isStale(tagReason)) {
        return { kind: "refused", reason: { kind: "conflict", detail: `the tag ${tag.name} is on the remote already` } }
      }
      if (isStale(headReason)) {
        const detail = `${branch?.name} is not at ${branch?.at} any more`
        return { kind: "refused", reason: { kind: "moved", detail } }
      }
      return deniedBy(result.reasons, result.complaint)
    },
  }
}

function createNotes(run: RunGit): Target<NoteWish> {
  const probe = async ({ tag, text }: NoteWish): Promise<Sight> => {
    const note = await run({ operation: "read-note", ref: NOTES, object: tag.object })
    if (note.kind === "failed") return unseenBy(note)
    const there = expectResult(note, "read").text
    if (there === null) return { kind: "absent" }
    return there === text
      ? { kind: "identical" }
      : { kind: "different", detail: `the tag ${tag.name} has another note` }
  }
  return {
    settleSeconds: 0,
    probe,
    verify: probe,
    async apply({ tag, text }) {
      // Only a push that changed nothing is tried again: somebody else's note came in between.
      for (let attempt = 0; ; attempt++) {
        const result = await run({ operation: "write-note", ref: NOTES, object: tag.object, text })
        if (result.kind === "done") {
          return { kind: "done", receipt: { what: `note on ${tag.name}`, where: "git remote", digest: tag.object } }
        }
        if (result.kind === "failed") return writtenBy(result)
        const { reasons, complaint } = expectResult(result, "rejected")
        if (!Object.values(reasons).some(isStale) || attempt === NOTE_ATTEMPTS) return deniedBy(reasons, complaint)
      }
    },
  }
}

const NOTE_ATTEMPTS = 5

async function readReceipt(run: RunGit, tag: string): ReturnType<GitRemote["receipt"]> {
  const result = await run({ operation: "read-note", ref: NOTES, tag })
  if (result.kind === "failed") return unseenBy(result)
  const { object, commit, text } = expectResult(result, "read")
  if (object === null) return { kind: "absent" }
  // A tag without an object of its own names the commit itself.
  return { kind: "found", value: { object, commit: commit ?? object, text } }
}

/** Begins a push and sends none: what the credentials may do is known before the first write. */
async function check(
  { run, refs }: Ports,
  { branch, tag }: Parameters<GitRemote["check"]>[0],
): Promise<readonly Trouble[]> {
  const target = "git remote"
  const tags = tag === null ? ["HEAD"] : [`refs/tags/${tag}`]
  const found = await refs([...tags, ...(branch === null ? [] : [`refs/heads/${branch}`])])
  if (found.kind !== "refs") {
    const kind = found.kind === "hidden" ? "wrong" : "unseen"
    return [{ target, what: found.why, next: "give a token or a key that may read and push", kind }]
  }
  const may = await run({
    operation: "push",
    dry: true,
    updates: [{ ref: "refs/heads/quillon/nothing", new: null, old: null }],
  })
  // Without a status it is git itself that says that there is nothing to take away.
  const denied = may.kind === "failed" && may.status !== null ? writtenBy(may) : undefined
  return [
    ...(denied === undefined ? [] : [troubleOf(denied)]),
    ...(tag === null || found.refs[`refs/tags/${tag}`] === undefined
      ? []
      : [{ target, what: `the tag ${tag} is there already`, next: `quillon status ${tag}`, kind: "wrong" } as const]),
    ...(branch !== null && found.refs[`refs/heads/${branch}`] === undefined
      ? [{ target, what: `there is no branch ${branch}`, next: `git push origin ${branch}`, kind: "wrong" } as const]
      : []),
  ]
}

function troubleOf(written: ReturnType<typeof writtenBy>): Trouble {
  const target = "git remote"
  if (written.kind === "lost") return { target, what: written.why, next: "try again", kind: "unseen" }
  const { reason } = written
  if (reason.kind === "denied") return { target, what: reason.why, next: reason.next, kind: "wrong" }
  return { target, what: "why" in reason ? reason.why : reason.kind, next: "try again later", kind: "unseen" }
}
