import type { ImageRegistry } from "../../../src/targets/ports/image-registry.js"
import type { Written } from "../../../src/targets/ports/written.js"
import type { Wire } from "./network.js"

/** One repository of a registry. */
export interface RegistryServer {
  readonly name: string
  readonly images: Set<string>
  readonly tags: Map<string, string>
}

export function createRegistryServer(name: string): RegistryServer {
  return { name, images: new Set(), tags: new Map() }
}

/** The client of an image registry. */
export function fakeRegistry({ name, images, tags }: RegistryServer, wire: Wire): ImageRegistry {
  const done = (what: string, digest: string): Written => ({ kind: "done", receipt: { what, where: name, digest } })
  const seeImage = (digest: string) =>
    wire.look(name, digest, () => ({ kind: images.has(digest) ? "identical" : "absent" }) as const)
  const seeTag: ImageRegistry["tags"]["probe"] = ({ tag, digest, kind }) =>
    wire.look(name, `tag ${tag}`, () => {
      const there = tags.get(tag)
      if (there === digest) return { kind: "identical" }
      if (there === undefined || kind === "floating") return { kind: "absent" }
      return { kind: "different", detail: `${tag} is ${there}` }
    })
  return {
    name,
    check: async () => {
      const answer = await wire.look(name, "check", () => [])
      if (Array.isArray(answer)) return answer
      return [{ target: name, what: answer.why, next: `reach ${name}`, kind: "unseen" }]
    },
    images: {
      settleSeconds: 0,
      probe: ({ digest }) => seeImage(digest),
      verify: ({ digest }) => seeImage(digest),
      apply: ({ digest }) =>
        wire.write<Written>(name, digest, () => {
          images.add(digest)
          return done("image", digest)
        }),
    },
    tags: {
      settleSeconds: 0,
      probe: seeTag,
      verify: seeTag,
      apply: ({ tag, digest, kind }) =>
        wire.write<Written>(name, `tag ${tag} = ${digest}`, () => {
          if (!images.has(digest)) {
            return {
              kind: "refused",
              reason: { kind: "invalid", why: `${digest} is not there`, next: "push the image first" },
            }
          }
          const there = tags.get(tag)
          if (kind === "version" && there !== undefined && there !== digest) {
            return { kind: "refused", reason: { kind: "conflict", detail: `${tag} is ${there}` } }
          }
          tags.set(tag, digest)
          return done(`tag ${tag}`, digest)
        }),
    },
    held: () => wire.look(name, "tags", () => ({ kind: "found", value: [...tags.keys()] }) as const),
  }
}
