import { randomUUID } from "node:crypto"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import { type RunGit, readGitResult } from "../../../src/targets/git/git-program.js"

const PROGRAM = join(import.meta.dirname, "../../../src/targets/python/release_git.py")

/** Runs the git program on this machine, as a container does: so that a contract of forty points takes seconds. */
export function createHostGit(options: {
  readonly url: string
  readonly folder: string
  readonly token: string
  readonly key?: string
}): RunGit {
  const { url, folder, token, key } = options
  const person = { name: "A Releaser", email: "releaser@example.org" }
  return async (request) => {
    const [asked, answered] = ["request", "result"].map((name) => join(folder, `${name}-${randomUUID()}.json`)) as [
      string,
      string,
    ]
    const repository = join(folder, "objects.git")
    await writeFile(asked, JSON.stringify({ ...request, url, repository, person, key }))
    await execa("python3", ["-I", PROGRAM, asked, answered], {
      env: { QUILLON_GIT_USER: "x-access-token", QUILLON_GIT_TOKEN: token },
    })
    return readGitResult(await readFile(answered, "utf8"))
  }
}
