import type { Reply } from "../http/exchange.js"
import { saying, writtenOf } from "../http/read-reply.js"
import type { Written } from "../ports/written.js"
import { type Descriptor, type ImageSource, readManifest } from "./image-source.js"
import type { RegistryApi } from "./registry-api.js"

type NotDone = Exclude<Written, { readonly kind: "done" }>

/**
 * Pushes what a manifest refers to, then the manifest by its digest: before the last request nobody can see any of it.
 * What the registry has is not sent again. Undefined when all went well.
 */
export async function pushImage(api: RegistryApi, source: ImageSource, digest: string): Promise<NotDone | undefined> {
  const bytes = await source(digest)
  const { mediaType, blobs, manifests } = readManifest(bytes)
  for (const manifest of manifests) {
    const trouble = await pushImage(api, source, manifest.digest)
    if (trouble !== undefined) return trouble
  }
  for (const blob of blobs) {
    const trouble = await pushBlob(api, source, blob)
    if (trouble !== undefined) return trouble
  }
  const headers = { "content-type": mediaType }
  return notDone(await api.send(`manifests/${digest}`, { method: "PUT", headers, body: bytes }), api)
}

async function pushBlob(api: RegistryApi, source: ImageSource, { digest }: Descriptor): Promise<NotDone | undefined> {
  const there = await api.send(`blobs/${digest}`, { method: "HEAD" })
  if (there.kind === "answered" && there.status === 200) return undefined
  const begun = await api.send("blobs/uploads/", { method: "POST" })
  const trouble = notDone(begun, api)
  if (trouble !== undefined) return trouble
  const location = begun.kind === "answered" ? begun.headers.get("location") : null
  if (location === null) return invalid(`${api.words.target} began an upload without saying where`)
  const headers = { "content-type": "application/octet-stream" }
  const target = withDigest(location, digest)
  return notDone(await api.send(target, { method: "PUT", headers, body: await source(digest) }), api)
}

/** What an answer to a write means; undefined for success. */
export function notDone(reply: Reply, { words }: Pick<RegistryApi, "words">): NotDone | undefined {
  const known = writtenOf(reply, words)
  if (known !== undefined) return known
  if (reply.kind === "answered" && reply.status < 300) return undefined
  return invalid(reply.kind === "answered" ? saying(reply, words) : reply.why)
}

function withDigest(location: string, digest: string): string {
  return `${location}${location.includes("?") ? "&" : "?"}digest=${encodeURIComponent(digest)}`
}

function invalid(why: string): NotDone {
  return {
    kind: "refused",
    reason: { kind: "invalid", why, next: "read what the registry says, and change the image" },
  }
}
