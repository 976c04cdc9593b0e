import { createHash } from "node:crypto"
import type { GitRemote, ReleaseCommit } from "../../../src/targets/ports/git-remote.js"
import type { JournalStore, JournalWritten, StoredJournal } from "../../../src/targets/ports/journal-store.js"
import type { Found } from "../../../src/targets/ports/sight.js"
import type { Written } from "../../../src/targets/ports/written.js"
import type { Wire } from "./network.js"

/** A git remote: objects are named by what they are, as git does. */
export interface GitServer {
  readonly refs: Map<string, string>
  /** Parent of a commit. */
  readonly parents: Map<string, string>
  readonly tags: Map<string, ReleaseCommit["tag"] & { readonly commit: string }>
  readonly journals: Map<string, StoredJournal>
  readonly abandoned: Map<string, StoredJournal>
  /** By tag object. */
  readonly notes: Map<string, string>
}

export function createGitServer(head: string): GitServer {
  return {
    refs: new Map([["refs/heads/main", head]]),
    parents: new Map(),
    tags: new Map(),
    journals: new Map(),
    abandoned: new Map(),
    notes: new Map(),
  }
}

/** Somebody else pushes a commit to main. */
export function pushElse(server: GitServer, name: string): void {
  const commit = objectId("commit", name)
  server.parents.set(commit, server.refs.get("refs/heads/main") ?? "")
  server.refs.set("refs/heads/main", commit)
}

/** The name of an object with this content. */
export function objectId(kind: string, content: string): string {
  return createHash("sha1").update(`${kind}\0${content}`).digest("hex")
}

const REMOTE = "git remote"

/** The client of a git remote. */
export function fakeGit(server: GitServer, wire: Wire): GitRemote {
  const { refs, tags, notes, parents } = server
  const seePush: GitRemote["push"]["probe"] = ({ release }) =>
    wire.look(REMOTE, `tag ${release.tag.name}`, () => {
      const there = tags.get(release.tag.name)
      if (there === undefined) return { kind: "absent" }
      if (there.object === release.tag.object) return { kind: "identical" }
      return { kind: "different", detail: `${release.tag.name} is ${there.object}` }
    })
  const seeNote: GitRemote["notes"]["probe"] = ({ tag, text }) =>
    wire.look(REMOTE, `note on ${tag.name}`, () => {
      const there = notes.get(tag.object)
      if (there === undefined) return { kind: "absent" }
      return there === text ? { kind: "identical" } : { kind: "different", detail: `${tag.name} has another note` }
    })
  return {
    name: REMOTE,
    check: async ({ tag }) => {
      const answer = await wire.look(REMOTE, "check", () => [...tags.keys()])
      if (!Array.isArray(answer)) return [{ target: REMOTE, what: answer.why, next: "reach it", kind: "unseen" }]
      if (tag === null || !answer.includes(tag)) return []
      return [{ target: REMOTE, what: `the tag ${tag} is there`, next: "git fetch --tags", kind: "wrong" }]
    },
    async prepare({ base, edits, message, tag, time }) {
      const commit = edits.length === 0 ? base : objectId("commit", JSON.stringify({ base, edits, message, time }))
      const content = `object ${commit}\ntype commit\ntag ${tag}\n\n${message}\n`
      const release = { commit, time, tag: { name: tag, object: objectId("tag", content), content } }
      return { kind: "prepared", release }
    },
    async adopt(name) {
      const found = await wire.look(REMOTE, `commit of ${name}`, () => tags.get(name) ?? null)
      if (found === null) return { kind: "refused", why: `the tag ${name} is not on the remote`, next: "git push" }
      if ("kind" in found) throw new Error(found.why)
      const { commit, ...tag } = found
      return { kind: "prepared", release: { commit, time: 60, tag } }
    },
    tip: (branch) =>
      wire.look<Found<string>>(REMOTE, `tip of ${branch}`, () => {
        const value = refs.get(`refs/heads/${branch}`)
        return value === undefined ? { kind: "absent" } : { kind: "found", value }
      }),
    push: {
      settleSeconds: 0,
      probe: seePush,
      verify: seePush,
      apply: ({ release, branch }) =>
        wire.write<Written>(REMOTE, `push ${release.tag.name}`, () => {
          const { tag, commit } = release
          const ref = `refs/heads/${branch?.name}`
          if (tags.has(tag.name)) {
            return { kind: "refused", reason: { kind: "conflict", detail: `${tag.name} is there` } }
          }
          if (branch !== null && refs.get(ref) !== branch.at) {
            return { kind: "refused", reason: { kind: "moved", detail: `${branch.name} is at ${refs.get(ref)}` } }
          }
          if (branch !== null) {
            if (commit !== branch.at) parents.set(commit, branch.at)
            refs.set(ref, commit)
          }
          tags.set(tag.name, { ...tag, commit })
          return { kind: "done", receipt: { what: tag.name, where: REMOTE, digest: tag.object } }
        }),
    },
    notes: {
      settleSeconds: 0,
      probe: seeNote,
      verify: seeNote,
      apply: ({ tag, text }) =>
        wire.write<Written>(REMOTE, `note on ${tag.name} ${objectId("blob", text)}`, () => {
          notes.set(tag.object, text)
          return { kind: "done", receipt: { what: `note on ${tag.name}`, where: REMOTE } }
        }),
    },
    receipt: (name) =>
      wire.look(REMOTE, `receipt of ${name}`, () => {
        const tag = tags.get(name)
        if (tag === undefined) return { kind: "absent" } as const
        const { object, commit } = tag
        return { kind: "found", value: { object, commit, text: notes.get(object) ?? null } } as const
      }),
  }
}

/** The client of the journals. */
export function fakeJournals({ journals, abandoned }: GitServer, wire: Wire): JournalStore {
  const stored = (version: string, text: string, commit: string): StoredJournal => ({
    id: objectId("journal", text + commit),
    text,
    commit,
    ref: `refs/quillon/release/${version}`,
  })
  const write = (what: string, effect: () => JournalWritten) => wire.write<JournalWritten>(REMOTE, what, effect)
  return {
    read: (version) =>
      wire.look<Found<StoredJournal>>(REMOTE, `journal ${version}`, () => {
        const value = journals.get(version)
        return value === undefined ? { kind: "absent" } : { kind: "found", value }
      }),
    list: () =>
      wire.look(REMOTE, "journals", () => {
        const value = [...journals].map(([version, journal]) => ({ version, ...journal }))
        return { kind: "found", value } as const
      }),
    create: ({ version, text, commit }) => {
      const journal = stored(version, text, commit)
      return write(`journal ${journal.id}`, () => {
        if (journals.has(version)) return { kind: "beaten" }
        journals.set(version, journal)
        return { kind: "done", journal }
      })
    },
    swap: ({ version, text, commit }, old) => {
      const journal = stored(version, text, commit)
      return write(`journal ${journal.id}`, () => {
        if (journals.get(version)?.id !== old.id) return { kind: "beaten" }
        journals.set(version, journal)
        return { kind: "done", journal }
      })
    },
    close: (version, old) =>
      write(`close ${old.id}`, () => {
        if (journals.get(version)?.id !== old.id || abandoned.has(version)) return { kind: "beaten" }
        journals.delete(version)
        const journal = { ...old, ref: `refs/quillon/abandoned/${version}` }
        abandoned.set(version, journal)
        return { kind: "done", journal }
      }),
    abandoned: (version) =>
      wire.look<Found<StoredJournal>>(REMOTE, `abandoned journal ${version}`, () => {
        const value = abandoned.get(version)
        return value === undefined ? { kind: "absent" } : { kind: "found", value }
      }),
    remove: (version, old) =>
      write(`no journal ${old.id}`, () => {
        if (journals.get(version)?.id !== old.id) return { kind: "beaten" }
        journals.delete(version)
        return { kind: "done", journal: old }
      }),
  }
}
