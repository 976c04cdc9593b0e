import { mkdir, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"

const CACHE = join(import.meta.dirname, "../../../node_modules/.cache/quillon-semantic-release")
const PROGRAM = join(CACHE, "node_modules/semantic-release/bin/semantic-release.js")
/** The newest that Node 20 runs, with the preset that knows the `!` of Conventional Commits. */
const PACKAGES = ["semantic-release@24.2.9", "conventional-changelog-conventionalcommits@9.3.1"]

/** Installs semantic-release into the test cache, once. */
export async function installSemanticRelease(): Promise<void> {
  const isThere = await stat(join(CACHE, "node_modules/conventional-changelog-conventionalcommits")).then(
    () => true,
    () => false,
  )
  if (isThere) return
  await mkdir(CACHE, { recursive: true })
  await writeFile(join(CACHE, "package.json"), '{ "private": true }\n')
  await execa("npm", ["install", "--no-audit", "--no-fund", "--no-save", ...PACKAGES], { cwd: CACHE })
}

/**
 * The version that semantic-release would release from a clone of a bare repository; null for nothing. It looks whether
 * it may push, so that the repository is asked as its remote, and writes nothing.
 */
export async function askSemanticRelease(clone: string, remote: string): Promise<string | null> {
  const options = {
    branches: ["main"],
    repositoryUrl: `file://${remote}`,
    plugins: [[join(CACHE, "node_modules/@semantic-release/commit-analyzer"), { preset: "conventionalcommits" }]],
  }
  const config = join(clone, ".releaserc.json")
  await writeFile(config, JSON.stringify(options))
  const { all, exitCode } = await execa(process.execPath, [PROGRAM, "--dry-run", "--no-ci"], {
    cwd: clone,
    all: true,
    reject: false,
  })
  const version = /The next release version is (\S+)/.exec(all)?.[1]
  if (version !== undefined) return version
  if (exitCode === 0 && all.includes("no new version is released")) return null
  throw new Error(all)
}
