import { execFile, spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { GIT_ARGUMENTS, GIT_ENVIRONMENT, type Git } from "../../src/targets/git-command.js"

/** A commit to be made; all commits have the empty tree, so that their hashes can be told beforehand. */
export interface ScriptedCommit {
  readonly message: string
  readonly author?: string
  /** Positions of the parents in the script; the commit before when absent. */
  readonly parents?: readonly number[]
  /** Tags that are set on it. */
  readonly tags?: readonly string[]
}

const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
const EPOCH = 1_700_000_000

/** Hashes of the commits of a script, as git makes them; a message may name those before it as `{hash:N}`. */
export function hashesOf(script: readonly ScriptedCommit[]): readonly string[] {
  const hashes: string[] = []
  for (const [index, commit] of script.entries()) {
    const text = [
      `tree ${EMPTY_TREE}`,
      ...parentsOf(commit, index).map((parent) => `parent ${hashes[parent]}`),
      `author ${identity(commit, index)}`,
      `committer ${identity(commit, index)}`,
      "",
      messageOf(commit, hashes),
    ].join("\n")
    hashes.push(
      createHash("sha1")
        .update(`commit ${Buffer.byteLength(text)}\0${text}`)
        .digest("hex"),
    )
  }
  return hashes
}

/** Writes the script as a repository on branch `main`; `remove` deletes it. */
export async function writeRepository(
  script: readonly ScriptedCommit[],
  remote?: string,
): Promise<{ readonly folder: string; readonly hashes: readonly string[]; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "quillon-history-"))
  await git(folder, ["init", "--quiet", "--initial-branch=main"])
  const hashes = hashesOf(script)
  await feed(folder, streamOf(script, hashes))
  const tip = (await git(folder, ["rev-parse", "main"])).trim()
  if (tip !== hashes.at(-1)) throw new Error(`git made ${tip} where ${hashes.at(-1)} was told`)
  if (remote !== undefined) await git(folder, ["remote", "add", "origin", remote])
  return { folder, hashes, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Git of this machine, asked as a container asks its own. */
export function localGit(folder: string): Git {
  return {
    run: (args) =>
      new Promise((resolve) => {
        const argv = [...GIT_ARGUMENTS, "-C", folder, ...args]
        const options = { env: { PATH: process.env.PATH, ...GIT_ENVIRONMENT }, maxBuffer: 512 * 1024 * 1024 }
        execFile("git", argv, options, (error, stdout, stderr) =>
          resolve({
            code: error === null ? 0 : Number(error.code ?? 1),
            stdout,
            complaint: stderr.trim().split("\n").at(-1) ?? "",
          }),
        )
      }),
  }
}

/** Runs git, or fails the test. */
export async function git(folder: string, args: readonly string[]): Promise<string> {
  const { code, stdout, complaint } = await localGit(folder).run(args)
  if (code !== 0) throw new Error(`git ${args.join(" ")}: ${complaint}`)
  return stdout
}

function parentsOf({ parents }: ScriptedCommit, index: number): readonly number[] {
  return parents ?? (index === 0 ? [] : [index - 1])
}

function identity({ author = "Ada" }: ScriptedCommit, index: number): string {
  return `${author} <a@example.org> ${EPOCH + index * 60} +0000`
}

function messageOf({ message }: ScriptedCommit, hashes: readonly string[]): string {
  return message.replaceAll(/\{hash:(\d+)\}/g, (_, index: string) => hashes[Number(index)] ?? "")
}

function streamOf(script: readonly ScriptedCommit[], hashes: readonly string[]): string {
  const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`
  const mark = (index: number) => `:${index + 1}`
  const records = script.map((commit, index) => {
    const [first, ...merged] = parentsOf(commit, index).map(mark)
    const tags = (commit.tags ?? []).map((tag) => `reset refs/tags/${tag}\nfrom ${mark(index)}\n`)
    return [
      first === undefined ? "reset refs/heads/main\n" : "",
      `commit refs/heads/main\nmark ${mark(index)}\n`,
      `author ${identity(commit, index)}\ncommitter ${identity(commit, index)}\n`,
      data(messageOf(commit, hashes)),
      first === undefined ? "" : `from ${first}\n`,
      ...merged.map((parent) => `merge ${parent}\n`),
      "deleteall\n",
      ...tags,
    ].join("")
  })
  return records.join("")
}

function feed(folder: string, stream: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", ["-C", folder, "fast-import", "--quiet", "--force"], {
      stdio: ["pipe", "ignore", "pipe"],
    })
    let complaint = ""
    child.stderr.on("data", (chunk) => {
      complaint += chunk
    })
    child.on("error", reject)
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`fast-import: ${complaint}`))))
    child.stdin.end(stream)
  })
}
