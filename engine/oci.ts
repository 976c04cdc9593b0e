import { createHash, type Hash } from "node:crypto"
import { createReadStream, createWriteStream } from "node:fs"
import { mkdir, rename, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { Transform } from "node:stream"
import { pipeline } from "node:stream/promises"
import { createGzip } from "node:zlib"

/** The configuration part of an image that people see with `docker inspect`. */
export interface ImageConfig {
  readonly architecture: string
  readonly env: readonly string[]
  readonly command: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  /** RFC 3339. */
  readonly created: string
}

const MANIFEST = "application/vnd.oci.image.manifest.v1+json"
const CONFIG = "application/vnd.oci.image.config.v1+json"
const LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"

interface Descriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
}

/** Writes a one-layer OCI layout (image-spec 1.0) of a root filesystem's tar into an existing folder; gives the manifest's digest. */
export async function writeOciLayout(folder: string, tar: string, config: ImageConfig): Promise<string> {
  const blobs = join(folder, "blobs", "sha256")
  await mkdir(blobs, { recursive: true })
  const { layer, diffId } = await writeLayer(blobs, tar)
  const configuration = await writeJson(blobs, CONFIG, {
    created: config.created,
    architecture: config.architecture,
    os: "linux",
    config: { Env: config.env, Cmd: config.command, Labels: config.labels },
    rootfs: { type: "layers", diff_ids: [diffId] },
    history: [{ created: config.created, created_by: "quillon engine up" }],
  })
  const manifest = await writeJson(blobs, MANIFEST, {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: configuration,
    layers: [layer],
    annotations: config.labels,
  })
  await writeFile(join(folder, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }))
  await writeFile(join(folder, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [manifest] }))
  return manifest.digest
}

async function writeLayer(blobs: string, tar: string): Promise<{ layer: Descriptor; diffId: string }> {
  const raw = createHash("sha256")
  const packed = createHash("sha256")
  let size = 0
  const half = join(blobs, "layer.half")
  await pipeline(
    createReadStream(tar, { highWaterMark: 1 << 20 }),
    through((chunk) => raw.update(chunk)),
    createGzip({ level: 1, chunkSize: 1 << 18 }),
    through((chunk) => {
      packed.update(chunk)
      size += chunk.length
    }),
    createWriteStream(half),
  )
  const digest = hex(packed)
  await rename(half, join(blobs, digest))
  return { layer: { mediaType: LAYER, digest: `sha256:${digest}`, size }, diffId: `sha256:${hex(raw)}` }
}

async function writeJson(blobs: string, mediaType: string, value: unknown): Promise<Descriptor> {
  const text = JSON.stringify(value)
  const digest = hex(createHash("sha256").update(text))
  await writeFile(join(blobs, digest), text)
  return { mediaType, digest: `sha256:${digest}`, size: Buffer.byteLength(text) }
}

function through(look: (chunk: Buffer) => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      look(chunk)
      done(null, chunk)
    },
  })
}

function hex(hash: Hash): string {
  return hash.digest("hex")
}
