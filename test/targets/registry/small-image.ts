import { createHash } from "node:crypto"
import type { ImageSource } from "../../../src/targets/registry/image-source.js"

const OCI = "application/vnd.oci.image"

/** Makes images whose layer says the given text, with one source for all. */
export function smallImages(...texts: readonly string[]): {
  readonly digests: readonly string[]
  readonly source: ImageSource
} {
  const blobs = new Map<string, Uint8Array>()
  const keep = (mediaType: string, text: string) => {
    const bytes = Buffer.from(text)
    const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`
    blobs.set(digest, bytes)
    return { mediaType, digest, size: bytes.length }
  }
  const digests = texts.map((text) => {
    const layer = keep(`${OCI}.layer.v1.tar`, text)
    const rootfs = { type: "layers", diff_ids: [layer.digest] }
    const config = keep(`${OCI}.config.v1+json`, JSON.stringify({ architecture: "amd64", os: "linux", rootfs }))
    const mediaType = `${OCI}.manifest.v1+json`
    return keep(mediaType, JSON.stringify({ schemaVersion: 2, mediaType, config, layers: [layer] })).digest
  })
  return {
    digests,
    source: async (digest) => {
      const bytes = blobs.get(digest)
      if (bytes === undefined) throw new Error(`no blob ${digest}`)
      return bytes
    },
  }
}
