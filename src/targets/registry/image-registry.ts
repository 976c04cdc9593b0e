import { z } from "zod"
import type { Answered, Ask, Reply } from "../http/exchange.js"
import { jsonOf } from "../http/exchange.js"
import { saying, unseenOf } from "../http/read-reply.js"
import { sha256Of } from "../http/sha256.js"
import type { ImageRegistry, ImageTagWish, ImageWish } from "../ports/image-registry.js"
import type { Found, Sight, Unseen } from "../ports/sight.js"
import type { Target, Trouble } from "../ports/target.js"
import { type ImageSource, MANIFEST_TYPES, readManifest } from "./image-source.js"
import { notDone, pushImage } from "./push-image.js"
import { createRegistryApi, type RegistryApi, type RegistryPlace } from "./registry-api.js"

/** What the client of an image repository is made with. */
export interface ImageRegistryOptions extends RegistryPlace {
  readonly ask: Ask
  readonly source: ImageSource
}

/** One repository of any registry that speaks the distribution protocol. */
export function createImageRegistry({ ask, source, ...place }: ImageRegistryOptions): ImageRegistry {
  const api = createRegistryApi(ask, place)
  return {
    name: place.name,
    check: () => check(api),
    images: createImages(api, source),
    tags: createTags(api),
    held: () => readTags(api),
  }
}

const ACCEPT = { accept: MANIFEST_TYPES.join(", ") }

function createImages(api: RegistryApi, source: ImageSource): Target<ImageWish> {
  return {
    settleSeconds: 0,
    probe: async ({ digest }) => seen(await readDigest(api, digest)),
    verify: ({ digest }) => lookAtAll(api, digest),
    async apply({ digest }) {
      const trouble = await pushImage(api, source, digest)
      const where = api.words.target
      return trouble ?? { kind: "done", receipt: { what: `${where}@${digest}`, where, digest } }
    },
  }
}

function createTags(api: RegistryApi): Target<ImageTagWish> {
  const where = api.words.target
  const probe = async ({ tag, digest, kind }: ImageTagWish): Promise<Sight> => {
    const found = await readDigest(api, tag)
    if (found.kind !== "found") return found
    if (found.value === digest) return { kind: "identical" }
    // A floating tag is there to be moved.
    if (kind === "floating") return { kind: "absent" }
    return { kind: "different", detail: `${where}:${tag} is ${found.value}, not ${digest}` }
  }
  return {
    settleSeconds: 0,
    probe,
    verify: probe,
    async apply(wish) {
      const { tag, digest } = wish
      // The protocol has no "create only", so the last look is as near to the write as can be.
      const before = await probe(wish)
      if (before.kind === "different") return { kind: "refused", reason: { kind: "conflict", detail: before.detail } }
      const image = await api.send(`manifests/${digest}`, { headers: ACCEPT })
      if (image.kind === "silent" || image.status !== 200) {
        const unseen = unseenOf(image, api.words)
        if (unseen !== undefined) return { kind: "refused", reason: { kind: "unavailable", why: unseen.why } }
        const why = `${where} has no image ${digest}`
        return { kind: "refused", reason: { kind: "invalid", why, next: "quillon status tells what is where" } }
      }
      const headers = { "content-type": readManifest(image.body).mediaType }
      const reply = await api.send(`manifests/${tag}`, { method: "PUT", headers, body: image.body })
      return notDone(reply, api) ?? { kind: "done", receipt: { what: `${where}:${tag}`, where, digest } }
    },
  }
}

/** The digest that a tag or digest leads to. */
async function readDigest(api: RegistryApi, reference: string): Promise<Found<string>> {
  const reply = await api.send(`manifests/${reference}`, { headers: ACCEPT })
  const unseen = unseenBy(reply, api)
  if (unseen !== undefined) return unseen
  const answered = reply as Answered
  if (answered.status === 404) return { kind: "absent" }
  return { kind: "found", value: `sha256:${await sha256Of(answered.body)}` }
}

/** The strongest look: the manifest, and that the registry has everything that it refers to. */
async function lookAtAll(api: RegistryApi, digest: string): Promise<Sight> {
  const reply = await api.send(`manifests/${digest}`, { headers: ACCEPT })
  const unseen = unseenBy(reply, api)
  if (unseen !== undefined) return unseen
  const { status, body } = reply as Answered
  if (status === 404) return { kind: "absent" }
  const { blobs, manifests } = readManifest(body)
  for (const manifest of manifests) {
    const sight = await lookAtAll(api, manifest.digest)
    if (sight.kind !== "identical") return sight
  }
  for (const blob of blobs) {
    const there = await api.send(`blobs/${blob.digest}`, { method: "HEAD" })
    const hidden = unseenBy(there, api)
    if (hidden !== undefined) return hidden
    if ((there as Answered).status !== 200)
      return { kind: "different", detail: `${digest} lacks its part ${blob.digest}` }
  }
  return { kind: "identical" }
}

/** Names of all tags, page by page. */
async function readTags(api: RegistryApi): Promise<Found<readonly string[]>> {
  const tags: string[] = []
  for (let path: string | undefined = "tags/list?n=100"; path !== undefined; ) {
    const reply: Reply = await api.send(path)
    const unseen = unseenBy(reply, api)
    if (unseen !== undefined) return unseen
    const answered = reply as Answered
    if (answered.status === 404) return { kind: "found", value: [] }
    const read = z.object({ tags: z.array(z.string()).nullish() }).safeParse(jsonOf(answered))
    if (!read.success) return { kind: "unreachable", why: `${api.words.target} answered what is no list of tags` }
    tags.push(...(read.data.tags ?? []))
    path = /<([^>]+)>;\s*rel="?next"?/.exec(answered.headers.get("link") ?? "")?.[1]
  }
  return { kind: "found", value: tags }
}

async function check(api: RegistryApi): Promise<readonly Trouble[]> {
  const unseen = unseenBy(await api.enter(), api)
  if (unseen === undefined) return []
  const kind = unseen.kind === "hidden" ? "wrong" : "unseen"
  return [{ target: api.words.target, what: unseen.why, next: api.words.credentials, kind }]
}

function unseenBy(reply: Reply, { words }: RegistryApi): Unseen | undefined {
  const unseen = unseenOf(reply, words)
  if (unseen !== undefined || reply.kind === "silent") return unseen
  return reply.status === 200 || reply.status === 404 ? undefined : { kind: "unreachable", why: saying(reply, words) }
}

function seen(found: Found<string>): Sight {
  return found.kind === "found" ? { kind: "identical" } : found
}
