import { describe, expect, it } from "vitest"
import type { CommitWish, GitRemote, PushWish } from "../../../src/targets/ports/git-remote.js"
import { describeTargetContract, type TargetSubject } from "./target.js"

/** A remote with one branch of one commit, and its server. */
export interface GitSubject extends Pick<TargetSubject<unknown>, "fault" | "hide" | "cut" | "writes" | "close"> {
  readonly git: GitRemote
  /** A wish on top of the branch's commit, with one edit that applies. */
  readonly wish: CommitWish
  readonly branch: string
  /** Somebody else pushes a commit to the branch, or what the wish changes. */
  pushElse(): void | Promise<void>
}

/** What a git remote keeps, beside what any target does. */
export function describeGitContract(name: string, make: () => Promise<GitSubject>): void {
  const prepare = async ({ git }: GitSubject, wish: CommitWish) => {
    const prepared = await git.prepare(wish)
    if (prepared.kind === "refused") throw new Error(prepared.why)
    return prepared.release
  }
  const pushOf = async (subject: GitSubject, wish = subject.wish): Promise<PushWish> => ({
    release: await prepare(subject, wish),
    branch: { name: subject.branch, at: subject.wish.base },
  })

  describeTargetContract(`${name}: commit and tag`, async () => {
    const subject = await make()
    const rival = { ...subject.wish, message: `${subject.wish.message}, but another` }
    return { ...subject, target: subject.git.push, wish: await pushOf(subject), rival: await pushOf(subject, rival) }
  })

  describeTargetContract(`${name}: notes`, async () => {
    const subject = await make()
    const push = await pushOf(subject)
    await subject.git.push.apply(push)
    const before = await subject.writes()
    return {
      ...subject,
      writes: async () => (await subject.writes()) - before,
      target: subject.git.notes,
      wish: { tag: push.release.tag, text: '{"schema":1}\n' },
    }
  })

  describe(name, () => {
    it("makes the same commit and tag of the same wish, each time", async () => {
      const subject = await make()

      expect(await prepare(subject, subject.wish)).toEqual(await prepare(subject, subject.wish))
      expect(await subject.writes()).toBe(0)
      await subject.close?.()
    })

    it("puts the tag on the planned commit where nothing is edited", async () => {
      const subject = await make()
      const release = await prepare(subject, { ...subject.wish, edits: [] })

      expect(release.commit).toBe(subject.wish.base)
      await subject.close?.()
    })

    it("refuses a push to a branch that moved, and then pushes no tag either", async () => {
      const subject = await make()
      const push = await pushOf(subject)
      await subject.pushElse()

      expect(await subject.git.push.apply(push)).toMatchObject({ kind: "refused", reason: { kind: "moved" } })
      expect(await subject.git.push.probe(push)).toEqual({ kind: "absent" })
      await subject.close?.()
    })

    it("still finds its tag when somebody pushed on top", async () => {
      const subject = await make()
      const push = await pushOf(subject)
      await subject.git.push.apply(push)
      await subject.pushElse()

      expect(await subject.git.push.probe(push)).toMatchObject({ kind: "identical" })
      await subject.close?.()
    })

    it("moves the branch to the release commit", async () => {
      const subject = await make()
      const push = await pushOf(subject)
      const before = await subject.git.tip(subject.branch)
      await subject.git.push.apply(push)

      expect(before).toEqual({ kind: "found", value: subject.wish.base })
      expect(await subject.git.tip(subject.branch)).toEqual({ kind: "found", value: push.release.commit })
      await subject.close?.()
    })

    it("pushes a tag alone and leaves the branch where it is", async () => {
      const subject = await make()
      const release = await prepare(subject, { ...subject.wish, edits: [] })
      await subject.pushElse()
      const tip = await subject.git.tip(subject.branch)

      expect(await subject.git.push.apply({ release, branch: null })).toMatchObject({ kind: "done" })
      expect(await subject.git.tip(subject.branch)).toEqual(tip)
      await subject.close?.()
    })

    it("adopts a tag that is there as what was pushed, and no other", async () => {
      const subject = await make()
      const push = await pushOf(subject)
      const { name } = push.release.tag
      expect(await subject.git.adopt(name)).toMatchObject({ kind: "refused", why: expect.stringContaining(name) })
      await subject.git.push.apply(push)

      expect(await subject.git.adopt(name)).toMatchObject({
        kind: "prepared",
        release: { commit: push.release.commit, tag: push.release.tag },
      })
      await subject.close?.()
    })

    it("reads a tag's receipt, and tells a tag without one from no tag", async () => {
      const subject = await make()
      const push = await pushOf(subject)
      const { tag, commit } = push.release
      expect(await subject.git.receipt(tag.name)).toEqual({ kind: "absent" })
      await subject.git.push.apply(push)
      const bare = await subject.git.receipt(tag.name)
      await subject.git.notes.apply({ tag, text: '{"schema":1}\n' })

      expect(bare).toEqual({ kind: "found", value: { object: tag.object, commit, text: null } })
      expect(await subject.git.receipt(tag.name)).toMatchObject({ value: { text: '{"schema":1}\n' } })
      await subject.close?.()
    })
  })
}
