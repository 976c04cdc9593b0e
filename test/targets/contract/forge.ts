import { describe, expect, it } from "vitest"
import type { AssetWish, DraftWish, Forge, PublicationWish } from "../../../src/targets/ports/forge.js"
import { describeTargetContract, type TargetSubject } from "./target.js"

/** A forge without release pages, and its server. */
export interface ForgeSubject extends Pick<TargetSubject<unknown>, "fault" | "hide" | "cut" | "writes" | "close"> {
  readonly forge: Forge
  /** Two assets of one name, whose bytes the client can get at, and the commit that the tag is to stand on. */
  readonly asset: { readonly name: string; readonly sha256: string; readonly other: string }
  readonly commit: string
}

const PAGE = { tag: "v1.3.0", nonce: "0f1e2d3c" }

/** What a forge keeps, beside what any target does. */
export function describeForgeContract(name: string, make: () => Promise<ForgeSubject>): void {
  const draftOf = ({ commit }: ForgeSubject): DraftWish => ({
    ...PAGE,
    commit,
    title: "1.3.0",
    notes: "### Features\n\n* streaming\n",
    prerelease: false,
  })
  const assetOf = ({ asset: { name, sha256 } }: ForgeSubject): AssetWish => ({ ...PAGE, name, sha256 })
  const pageOf = (subject: ForgeSubject): PublicationWish => ({
    ...draftOf(subject),
    latest: true,
    assets: [subject.asset].map(({ name, sha256 }) => ({ name, sha256 })),
  })
  const drafted = async () => {
    const subject = await make()
    await subject.forge.drafts.apply(draftOf(subject))
    return subject
  }
  const staged = async () => {
    const subject = await drafted()
    await subject.forge.assets.apply(assetOf(subject))
    return subject
  }

  describeTargetContract(`${name}: drafts`, async () => {
    const subject = await make()
    return { ...subject, target: subject.forge.drafts, wish: draftOf(subject) }
  })
  describeTargetContract(`${name}: assets`, async () => {
    const subject = await drafted()
    const before = await subject.writes()
    return {
      ...subject,
      writes: async () => (await subject.writes()) - before,
      target: subject.forge.assets,
      wish: assetOf(subject),
      rival: { ...assetOf(subject), sha256: subject.asset.other },
    }
  })
  describeTargetContract(`${name}: publications`, async () => {
    const subject = await staged()
    const before = await subject.writes()
    return {
      ...subject,
      writes: async () => (await subject.writes()) - before,
      target: subject.forge.publications,
      wish: pageOf(subject),
    }
  })

  describe(name, () => {
    it("still finds our draft and its assets once the page is published", async () => {
      const subject = await staged()
      await subject.forge.publications.apply(pageOf(subject))

      expect(await subject.forge.drafts.probe(draftOf(subject))).toMatchObject({ kind: "identical" })
      expect(await subject.forge.assets.probe(assetOf(subject))).toMatchObject({ kind: "identical" })
      await subject.close?.()
    })

    it("tells somebody else's page of the tag from ours", async () => {
      const subject = await staged()
      await subject.forge.publications.apply(pageOf(subject))
      const foreign = { nonce: "ffffffff" }

      expect(await subject.forge.publications.probe({ ...pageOf(subject), ...foreign })).toMatchObject({
        kind: "different",
      })
      expect(await subject.forge.drafts.probe({ ...draftOf(subject), ...foreign })).toMatchObject({ kind: "different" })
      await subject.close?.()
    })

    it("takes our draft back, and leaves another draft of the tag alone", async () => {
      const subject = await drafted()
      const other = { ...draftOf(subject), nonce: "ffffffff" }
      await subject.forge.drafts.apply(other)

      expect(await subject.forge.withdraw(PAGE)).toMatchObject({ kind: "done" })
      expect(await subject.forge.drafts.probe(draftOf(subject))).toEqual({ kind: "absent" })
      expect(await subject.forge.drafts.probe(other)).toMatchObject({ kind: "identical" })
      await subject.close?.()
    })

    it("has nothing to take back where there is no draft, and takes no page back", async () => {
      const subject = await make()
      expect(await subject.forge.withdraw(PAGE)).toMatchObject({ kind: "done" })
      await subject.forge.drafts.apply(draftOf(subject))
      await subject.forge.assets.apply(assetOf(subject))
      await subject.forge.publications.apply(pageOf(subject))

      expect(await subject.forge.withdraw(PAGE)).toMatchObject({ kind: "refused", reason: { kind: "conflict" } })
      await subject.close?.()
    })
  })
}
