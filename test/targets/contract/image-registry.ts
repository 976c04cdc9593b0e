import { describe, expect, it } from "vitest"
import type { ImageRegistry } from "../../../src/targets/ports/image-registry.js"
import { describeTargetContract, type TargetSubject } from "./target.js"

/** An empty repository, two images that the client can get at, and the server. */
export interface RegistrySubject extends Pick<TargetSubject<unknown>, "fault" | "hide" | "cut" | "writes" | "close"> {
  readonly registry: ImageRegistry
  /** Digests of two images. */
  readonly images: readonly [string, string]
}

/** What a registry keeps, beside what any target does. */
export function describeRegistryContract(name: string, make: () => Promise<RegistrySubject>): void {
  describeTargetContract(`${name}: images`, async () => {
    const { registry, images, ...subject } = await make()
    return { ...subject, target: registry.images, wish: { digest: images[0] } }
  })

  describeTargetContract(`${name}: version tags`, async () => {
    const { registry, images, ...subject } = await make()
    for (const digest of images) await registry.images.apply({ digest })
    const before = await subject.writes()
    const tag = { tag: "1.3.0", kind: "version" } as const
    return {
      ...subject,
      writes: async () => (await subject.writes()) - before,
      target: registry.tags,
      wish: { ...tag, digest: images[0] },
      rival: { ...tag, digest: images[1] },
    }
  })

  describe(name, () => {
    it("moves a floating tag, which is absent until it is moved", async () => {
      const { registry, images, close } = await make()
      for (const digest of images) await registry.images.apply({ digest })
      const [first, second] = images.map((digest) => ({ tag: "latest", kind: "floating", digest }) as const)
      if (first === undefined || second === undefined) throw new Error("two images are needed")
      await registry.tags.apply(first)

      expect(await registry.tags.probe(second)).toEqual({ kind: "absent" })
      expect(await registry.tags.apply(second)).toMatchObject({ kind: "done" })
      expect(await registry.tags.probe(second)).toMatchObject({ kind: "identical" })
      await close?.()
    })

    it("names the tags that it holds, none where nothing was pushed", async () => {
      const { registry, images, close } = await make()
      const before = await registry.held()
      await registry.images.apply({ digest: images[0] })
      await registry.tags.apply({ tag: "1.3.0", kind: "version", digest: images[0] })

      expect(before).toEqual({ kind: "found", value: [] })
      expect(await registry.held()).toEqual({ kind: "found", value: ["1.3.0"] })
      await close?.()
    })
  })
}
