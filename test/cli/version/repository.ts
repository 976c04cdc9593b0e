import { mkdir, mkdtemp, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { execa } from "execa"

/** A folder of its own, with files and a git history. */
export interface Repository {
  readonly folder: string
  git(...args: readonly string[]): Promise<string>
  write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void>
  /** Commits all there is, and marks the commit with the tags. */
  commit(...tags: readonly string[]): Promise<void>
}

const ENV = {
  ...{
    GIT_AUTHOR_NAME: "t",
    GIT_AUTHOR_EMAIL: "t@t.invalid",
    GIT_COMMITTER_NAME: "t",
    GIT_COMMITTER_EMAIL: "t@t.invalid",
  },
  ...{ GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
}

/** Writes files into a fresh folder; `git: false` leaves it without a repository. */
export async function makeRepository(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: { readonly git?: false } = {},
): Promise<Repository> {
  const folder = await mkdtemp(join(tmpdir(), "quillon version é "))
  const git = async (...args: readonly string[]) => (await execa("git", ["-C", folder, ...args], { env: ENV })).stdout
  const write = async (changes: Readonly<Record<string, string | Uint8Array>>) => {
    for (const [path, text] of Object.entries(changes)) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
  }
  await write(files)
  if (options.git !== false) await git("init", "--quiet", "--initial-branch=main")
  return {
    folder,
    git,
    write,
    async commit(...tags) {
      await git("add", "--all")
      await git("commit", "--quiet", "--allow-empty", "--message=x")
      for (const tag of tags) await git("tag", tag)
    },
  }
}
