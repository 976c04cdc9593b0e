import { createHash } from "node:crypto"
import { createReadStream, existsSync } from "node:fs"
import { link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises"
import { dirname, join, relative } from "node:path"
import { pipeline } from "node:stream/promises"
import { QuillonError } from "../src/errors.js"
import type { Run } from "./process.js"

/** One file of a bundle. */
export interface BundledFile {
  /** Relative to the engine's cache. */
  readonly path: string
  readonly sha256: string
  readonly bytes: number
}

/** What a bundle says about itself. */
export interface BundleManifest {
  readonly schema: 1
  readonly version: string
  readonly architecture: string
  readonly files: readonly BundledFile[]
}

/** Where bundles are written and read. */
export interface BundleContext {
  readonly cache: string
  readonly scratch: string
  readonly run: Run
  readonly say: (text: string) => void
}

const MANIFEST = "quillon-bundle.json"

/** Writes folders and files of the cache (paths relative to it) into one archive with checksums; gives its size in bytes. */
export async function writeBundle(
  target: string,
  content: { readonly version: string; readonly architecture: string; readonly paths: readonly string[] },
  context: BundleContext,
): Promise<number> {
  const stage = join(context.scratch, "bundle")
  await rm(stage, { recursive: true, force: true })
  const found = await Promise.all(content.paths.map((path) => filesBelow(join(context.cache, path))))
  const files: BundledFile[] = []
  for (const file of found.flat()) {
    const path = relative(context.cache, file)
    context.say(path)
    await mkdir(dirname(join(stage, path)), { recursive: true })
    await link(file, join(stage, path))
    files.push({ path, sha256: await sha256Of(file), bytes: (await stat(file)).size })
  }
  const manifest: BundleManifest = { schema: 1, version: content.version, architecture: content.architecture, files }
  await writeFile(join(stage, MANIFEST), JSON.stringify(manifest, null, 2))
  context.say("writing the archive")
  const half = `${target}.half`
  // Most of it is compressed already; level 1 halves the programs and the root file system at the speed of the disk.
  const compress = "--use-compress-program=gzip -1"
  await context.run(["tar", "--create", compress, `--file=${half}`, `--directory=${stage}`, MANIFEST, ...content.paths])
  await rename(half, target)
  await rm(stage, { recursive: true, force: true })
  return (await stat(target)).size
}

/** Unpacks a bundle into the cache after every checksum was found right; what the cache has already stays. */
export async function readBundle(file: string, architecture: string, context: BundleContext): Promise<BundleManifest> {
  if (!existsSync(file))
    throw unusable(file, "there is no such file", "quillon engine bundle -o FILE, on a machine that has an engine")
  const stage = join(context.scratch, "bundle")
  await rm(stage, { recursive: true, force: true })
  await mkdir(stage, { recursive: true })
  context.say("unpacking")
  const unpacked = await context.run(
    ["tar", "--extract", "--gzip", `--file=${file}`, `--directory=${stage}`, "--no-same-owner"],
    { onFailure: "result" },
  )
  const text = await readFile(join(stage, MANIFEST), "utf8").catch(() => undefined)
  if (unpacked.exitCode !== 0 || text === undefined) throw unusable(file, "it is no bundle, or only a part of one")
  const manifest = JSON.parse(text) as BundleManifest
  if (manifest.architecture !== architecture)
    throw unusable(file, `it is for ${manifest.architecture}, this machine is ${architecture}`)
  for (const { path, sha256 } of manifest.files) {
    context.say(`checking ${path}`)
    if (path.split("/").includes("..") || path.startsWith("/"))
      throw unusable(file, `it has a file outside of the cache: ${path}`)
    if ((await sha256Of(join(stage, path)).catch(() => "")) !== sha256) throw unusable(file, `${path} is damaged`)
  }
  for (const unit of unitsOf(manifest)) await moveInto(join(stage, unit), join(context.cache, unit))
  await rm(stage, { recursive: true, force: true })
  return manifest
}

/** What moves as a whole: `builds/<key>`, `bases/<file>`, `images/<key>`, `content/<key>`. */
export function unitsOf(manifest: Pick<BundleManifest, "files">): readonly string[] {
  return [...new Set(manifest.files.map(({ path }) => path.split("/").slice(0, 2).join("/")))]
}

async function moveInto(from: string, to: string): Promise<void> {
  if (existsSync(to)) return
  await mkdir(dirname(to), { recursive: true })
  await rename(from, to)
}

async function filesBelow(path: string): Promise<readonly string[]> {
  if ((await stat(path)).isFile()) return [path]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256")
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash)
  return hash.digest("hex")
}

function unusable(file: string, why: string, next = "make it again: quillon engine bundle -o FILE"): QuillonError {
  return new QuillonError({
    code: "ENGINE_BUNDLE_UNUSABLE",
    message: `${file} can't be used: ${why}`,
    next,
    kind: "environment",
  })
}
