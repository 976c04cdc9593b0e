import { z } from "zod"

/** Where an image's bytes come from: manifests and blobs by digest (`sha256:…`). */
export type ImageSource = (digest: string) => Promise<Uint8Array>

/** Something that a manifest refers to. */
export interface Descriptor {
  readonly digest: string
  readonly mediaType: string
}

const descriptor = z.object({ digest: z.string(), mediaType: z.string() })

const manifestSchema = z.object({
  mediaType: z.string().optional(),
  config: descriptor.optional(),
  layers: z.array(descriptor).optional(),
  manifests: z.array(descriptor).optional(),
})

/** A manifest or an index of manifests, read. */
export interface Manifest {
  readonly mediaType: string
  readonly blobs: readonly Descriptor[]
  /** Manifests that an index refers to. */
  readonly manifests: readonly Descriptor[]
}

/** Media types of manifests that we can push: OCI's and Docker's, single and many. */
export const MANIFEST_TYPES = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
] as const

/** Reads a manifest; its media type is OCI's where it names none. @throws ZodError for what is no manifest */
export function readManifest(bytes: Uint8Array): Manifest {
  const {
    mediaType,
    config,
    layers = [],
    manifests = [],
  } = manifestSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))
  return {
    mediaType: mediaType ?? MANIFEST_TYPES[manifests.length > 0 ? 0 : 1],
    blobs: [...(config === undefined ? [] : [config]), ...layers],
    manifests,
  }
}

/**
 * The bytes of an OCI image layout.
 *
 * @param read gives a file of the layout by its path, e.g. `blobs/sha256/…`
 */
export function layoutSource(read: (path: string) => Promise<Uint8Array>): ImageSource {
  return (digest) => read(`blobs/${digest.replace(":", "/")}`)
}
