import { describe, expect, it } from "vitest"
import type { IndexFile, PackageIndex } from "../../../src/targets/ports/package-index.js"
import { describeTargetContract, type TargetSubject } from "./target.js"

/** A package index with a project of ours, and its server. */
export interface IndexSubject extends Omit<TargetSubject<IndexFile>, "target" | "rival"> {
  readonly index: PackageIndex
  /** The file's name with other bytes that the client can get at. */
  readonly rival: IndexFile
  /** Deletes a file as its owner does on the index's pages. */
  remove(file: IndexFile): void | Promise<void>
}

/** What a package index keeps, beside what any target does. */
export function describeIndexContract(name: string, make: () => Promise<IndexSubject>): void {
  describeTargetContract(`${name}: files`, async () => {
    const { index, ...subject } = await make()
    return { ...subject, target: index.files }
  })

  describe(name, () => {
    it("takes the same bytes again, which changes nothing", async () => {
      const { index, wish, close } = await make()
      await index.files.apply(wish)

      expect(await index.files.apply(wish)).toMatchObject({ kind: "done" })
      await close?.()
    })

    it("gives the file's digest and its page as receipt", async () => {
      const { index, wish, close } = await make()

      expect(await index.files.apply(wish)).toMatchObject({
        kind: "done",
        receipt: { what: wish.name, where: index.name, digest: `sha256:${wish.sha256}`, link: expect.any(String) },
      })
      await close?.()
    })

    it("shows a deleted name as absent, and calls it burnt when it is written again", async () => {
      const { index, wish, rival, remove, close } = await make()
      await index.files.apply(wish)
      await remove(wish)

      expect(await index.files.probe(rival)).toEqual({ kind: "absent" })
      expect(await index.files.apply(rival)).toMatchObject({ kind: "refused", reason: { kind: "burnt" } })
      await close?.()
    })

    it("finds nothing against an upload where everything is right", async () => {
      const { index, wish, close } = await make()

      expect((await index.check(wish)).filter(({ kind }) => kind !== "remark")).toEqual([])
      await close?.()
    })
  })
}
