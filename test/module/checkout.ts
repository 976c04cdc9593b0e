import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"

const PERSON = ["-c", "user.name=test", "-c", "user.email=test@example.org"]

/** Makes a folder a repository with one commit of all that is in it; gives the commit. */
export async function commitAll(folder: string): Promise<string> {
  const git = (...args: string[]) => execa("git", ["-C", folder, ...PERSON, ...args])
  await git("init", "--quiet")
  await git("add", "--all")
  await git("commit", "--quiet", "--message", "first")
  return (await git("rev-parse", "HEAD")).stdout
}

/** A clone of this repository at HEAD: a clean checkout. */
export async function cloneRepository(root: string): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), "quillon-clone-")), "quillon")
  await execa("git", ["clone", "--quiet", "--no-hardlinks", root, folder])
  return folder
}

/** What git says has changed in a folder, one line a file; empty when it is clean. */
export async function changesIn(folder: string): Promise<string> {
  return (await execa("git", ["-C", folder, "status", "--porcelain"])).stdout
}
