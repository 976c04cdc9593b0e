import { createReadStream } from "node:fs"
import { mkdir, mkdtemp, open, readdir, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"
import { createGunzip } from "node:zlib"
import { execa } from "execa"
import type { Needle } from "./forms.js"

/** Where is looked. */
export interface Place {
  readonly folder: string
  /** Milliseconds since 1970: files that have not changed since are not read. */
  readonly since?: number
}

/** A text that stands where it must not. */
export interface Leak {
  readonly file: string
  readonly secret: string
  readonly form: string
}

/** Looks for texts in all files below folders, in what is packed with gzip or zip too. */
export async function findLeaks(needles: readonly Needle[], places: readonly Place[]): Promise<readonly Leak[]> {
  const scratch = await mkdtemp(join(tmpdir(), "quillon-leaks-"))
  try {
    const files = (await Promise.all(places.map(filesOf))).flat()
    const unpacked = await unpackAll(files, join(scratch, "unpacked"))
    const patterns = join(scratch, "patterns")
    // No argument of a process may hold a secret, the searcher's neither.
    await writeFile(patterns, needles.map(({ text }) => `${text}\n`).join(""), { mode: 0o600 })
    const hits = await grep(patterns, [...files, ...unpacked.keys()])
    const leaks = hits.flatMap(({ file, text }) =>
      needles
        .filter((needle) => needle.text === text)
        .map(({ secret, form }) => ({ file: unpacked.get(file) ?? file, secret, form })),
    )
    return [...new Map(leaks.map((leak) => [JSON.stringify(leak), leak])).values()]
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function filesOf({ folder, since = 0 }: Place): Promise<readonly string[]> {
  const newer = since === 0 ? [] : ["-newerct", `@${since / 1000}`]
  const { stdout } = await execa("find", [folder, "-type", "f", ...newer, "-print0"], { reject: false })
  return stdout.split("\0").filter((name) => name !== "")
}

/** Unpacks what is packed; gives the file of each unpacked one. */
async function unpackAll(files: readonly string[], folder: string): Promise<Map<string, string>> {
  const origins = new Map<string, string>()
  for (const [number, file] of files.entries()) {
    const target = join(folder, `${number}`)
    const kind = await kindOf(file)
    if (kind === undefined) continue
    await mkdir(target, { recursive: true })
    if (kind === "gzip") await unpackGzip(file, join(target, "content"))
    else await execa("python3", ["-m", "zipfile", "--extract", file, target], { reject: false })
    for (const name of await readdir(target, { recursive: true })) {
      const path = join(target, name)
      if (!(await stat(path)).isFile()) continue
      origins.set(path, file)
    }
  }
  return origins
}

async function unpackGzip(file: string, target: string): Promise<void> {
  const out = (await open(target, "w")).createWriteStream()
  // What is cut off or still being written is unpacked as far as it goes.
  await pipeline(createReadStream(file), createGunzip(), out).catch(() => {})
}

async function kindOf(file: string): Promise<"gzip" | "zip" | undefined> {
  const handle = await open(file).catch(() => undefined)
  if (handle === undefined) return undefined
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
  await handle.close()
  if (bytesRead < 4) return undefined
  if (buffer[0] === 0x1f && buffer[1] === 0x8b) return "gzip"
  return buffer.toString("latin1") === "PK\x03\x04" ? "zip" : undefined
}

async function grep(patterns: string, files: readonly string[]) {
  const args = [
    "-0",
    "--no-run-if-empty",
    "grep",
    "--text",
    "--only-matching",
    "--null",
    "--with-filename",
    "--fixed-strings",
  ]
  const { stdout, stderr } = await execa("xargs", [...args, "--file", patterns], {
    input: files.map((file) => `${file}\0`).join(""),
    env: { LC_ALL: "C" },
    reject: false,
    maxBuffer: 100_000_000,
  })
  const trouble = stderr.split("\n").filter((line) => line !== "" && !/No such file|Invalid argument/.test(line))
  if (trouble.length > 0) throw new Error(trouble.join("\n"))
  return stdout.split("\n").flatMap((line) => {
    const [file, text] = line.split("\0")
    return file === undefined || text === undefined ? [] : [{ file, text }]
  })
}
