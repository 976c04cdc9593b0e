import { createHash, randomUUID } from "node:crypto"
import { mkdir, mkdtemp, readFile, rename, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { execa } from "execa"
import { testCache } from "./python-venv.js"

/** An sdist by its name on the index, and the digest of its bytes. */
export interface PinnedSdist {
  /** File name, e.g. `itsdangerous-2.2.0.tar.gz`. */
  readonly file: string
  readonly sha256: string
}

/** Unpacks a pinned sdist of the package index into a fresh folder; it is downloaded once. */
export async function unpackSdist(pinned: PinnedSdist): Promise<string> {
  const archive = await fetchSdist(pinned)
  const into = await mkdtemp(join(tmpdir(), "quillon-sdist-"))
  await execa("tar", ["-xzf", archive, "-C", into])
  return join(into, basename(pinned.file, ".tar.gz"))
}

async function fetchSdist({ file, sha256 }: PinnedSdist): Promise<string> {
  const path = join(testCache(), "sdists", file)
  const kept = await readFile(path).catch(() => undefined)
  if (kept !== undefined && digest(kept) === sha256) return path
  const bytes = await download(file)
  if (digest(bytes) !== sha256) throw new Error(`${file} has sha256 ${digest(bytes)}, and ${sha256} is pinned`)
  await mkdir(join(path, ".."), { recursive: true })
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, bytes)
  await rename(draft, path)
  return path
}

async function download(file: string): Promise<Uint8Array> {
  const name = file
    .replace(/-\d.*$/, "")
    .toLowerCase()
    .replace(/[-_.]+/g, "-")
  const index = await indexAddress()
  const page = await fetch(`${index.replace(/\/$/, "")}/${name}/`, {
    headers: { accept: "application/vnd.pypi.simple.v1+json" },
  })
  const { files }: { files: readonly { filename: string; url: string }[] } = JSON.parse(await page.text())
  const found = files.find(({ filename }) => filename === file)
  if (found === undefined) throw new Error(`the index has no ${file}`)
  return new Uint8Array(await (await fetch(new URL(found.url, page.url))).arrayBuffer())
}

/** The index that pip would ask. */
async function indexAddress(): Promise<string> {
  const known = "from pip._internal.models.index import PyPI; print(PyPI.simple_url)"
  return process.env.PIP_INDEX_URL ?? (await execa("python3", ["-c", known])).stdout
}

const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex")
