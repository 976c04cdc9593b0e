import { createHash } from "node:crypto"
import { access, chmod, constants, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises"
import { delimiter, join } from "node:path"
import { execa } from "execa"
import { QuillonError } from "../src/errors.js"
import { cacheFolder } from "./cache-folder.js"
import type { Io } from "./io.js"

/** The version of Dagger whose program opens our sessions; that of the client library. */
export const DAGGER_VERSION = "0.21.7"

/** Where Dagger publishes its programs. */
const DOWNLOADS = "https://dl.dagger.io/dagger/releases"

/**
 * Dagger's program: the one that the environment names, one on PATH of the client's version, else the published one, fetched once.
 *
 * @throws QuillonError NO_DAGGER_PROGRAM
 */
export async function findDaggerProgram(io: Io, signal: AbortSignal): Promise<string> {
  const named = io.env._EXPERIMENTAL_DAGGER_CLI_BIN
  if (named) return named
  const onPath = await firstExecutable((io.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "dagger")))
  if (onPath !== undefined && (await versionOf(onPath)) === DAGGER_VERSION) return onPath
  const folder = join(cacheFolder(io.env), "dagger", DAGGER_VERSION)
  const kept = join(folder, "dagger")
  if ((await firstExecutable([kept])) !== undefined) return kept
  io.stderr.write(`fetching Dagger ${DAGGER_VERSION} (once)\n`)
  await fetchDagger(folder, { base: io.env.QUILLON_DAGGER_DOWNLOADS ?? DOWNLOADS, signal })
  return kept
}

/** What `dagger version` says, e.g. `dagger v0.21.7 (image://…) linux/amd64`. */
async function versionOf(program: string): Promise<string | undefined> {
  const { stdout } = await execa(program, ["version"], { reject: false, stdin: "ignore", timeout: 10_000 })
  return /^dagger v(\d+\.\d+\.\d+)/.exec(String(stdout))?.[1]
}

/** The published archive of a platform. Pure. @throws RangeError for a platform without one. */
export function archiveName(platform: string, architecture: string): string {
  const system = { linux: "linux", darwin: "darwin" }[platform]
  const machine = { x64: "amd64", arm64: "arm64", arm: "armv7" }[architecture]
  if (system === undefined || machine === undefined) {
    throw new RangeError(`Dagger publishes no program for ${platform} ${architecture}`)
  }
  return `dagger_v${DAGGER_VERSION}_${system}_${machine}.tar.gz`
}

/** Fetches the archive, compares its sha256 with the published one, and puts the program in its place in one step. */
async function fetchDagger(folder: string, { base, signal }: { base: string; signal: AbortSignal }): Promise<void> {
  await mkdir(folder, { recursive: true })
  const scratch = await mkdtemp(join(folder, ".fetch-"))
  try {
    const name = archiveName(process.platform, process.arch)
    const [archive, sums] = await Promise.all(
      [name, "checksums.txt"].map((file) => download(`${base}/${DAGGER_VERSION}/${file}`, signal)),
    )
    const expected = sums
      ?.toString("utf8")
      .split("\n")
      .find((line) => line.endsWith(` ${name}`))
      ?.split(/\s+/)[0]
    const actual = createHash("sha256")
      .update(archive ?? "")
      .digest("hex")
    if (archive === undefined || expected !== actual) {
      throw new Error(`${name} has sha256 ${actual}, published is ${expected ?? "none"}`)
    }
    await writeFile(join(scratch, name), archive)
    await execa("tar", ["-xzf", join(scratch, name), "-C", scratch, "dagger"], { stdin: "ignore" })
    await chmod(join(scratch, "dagger"), 0o755)
    await rename(join(scratch, "dagger"), join(folder, "dagger"))
  } catch (cause) {
    throw new QuillonError(
      {
        code: "NO_DAGGER_PROGRAM",
        message: `Dagger ${DAGGER_VERSION} is not on PATH and can't be fetched: ${cause instanceof Error ? cause.message : cause}`,
        next: "install dagger, or name it in _EXPERIMENTAL_DAGGER_CLI_BIN",
        kind: "environment",
      },
      { cause },
    )
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function download(url: string, signal: AbortSignal): Promise<Buffer> {
  const response = await fetch(url, { signal })
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}

async function firstExecutable(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (found) return path
  }
  return undefined
}
