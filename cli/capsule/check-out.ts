import { rmSync } from "node:fs"
import { copyFile, mkdir, mkdtemp, realpath, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { QuillonError } from "../../src/errors.js"
import { type GitEnd, runGit } from "./run-git.js"

/** What is to be checked out. */
export interface CommitPlace {
  readonly commit: string
  /** Null where nobody knows one. */
  readonly remote: string | null
  /** Roots of work trees that may have it. */
  readonly nearby: readonly string[]
}

/** A tree that is nobody's but ours. */
export interface TemporaryTree {
  readonly root: string
  /** The work tree that lends its objects, or the remote that was asked. */
  readonly from: string
}

/** A folder of its own for a tree; whoever makes it {@link removeTree | removes} it. */
export async function makeTreeFolder(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), "quillon-capsule-")))
}

/** At once, because the process may be on its way out. */
export function removeTree(root: string): void {
  rmSync(root, { recursive: true, force: true })
}

/**
 * Checks a commit out into an empty folder: with the objects of a work tree here that has it, which copies none, else
 * from the remote. The work trees here are not touched.
 *
 * @throws QuillonError COMMIT_GONE, REMOTE_UNREACHABLE
 */
export async function checkOut(root: string, place: CommitPlace, signal?: AbortSignal): Promise<TemporaryTree> {
  const { commit, remote, nearby } = place
  const git = (...args: readonly string[]) => runGit(root, args, signal)
  await git("init", "--quiet")
  const lender = await firstWith(nearby, commit)
  if (lender !== undefined) await borrow(root, lender)
  else await fetchFrom(git, { commit, remote })
  const out = await git("checkout", "--quiet", "--detach", commit)
  if (!out.ok) throw gone(commit, remote, out.said)
  return { root, from: lender ?? remote ?? "" }
}

async function firstWith(roots: readonly string[], commit: string): Promise<string | undefined> {
  for (const root of roots) {
    const { ok } = await runGit(root, ["cat-file", "-e", `${commit}^{commit}`])
    if (ok) return root
  }
  return undefined
}

/** The objects stay where they are; tags come along, because versions are told by them. */
async function borrow(root: string, lender: string): Promise<void> {
  const { stdout } = await runGit(lender, ["rev-parse", "--path-format=absolute", "--git-common-dir"])
  await mkdir(join(root, ".git/objects/info"), { recursive: true })
  await writeFile(join(root, ".git/objects/info/alternates"), `${join(stdout, "objects")}\n`)
  await copyFile(join(stdout, "shallow"), join(root, ".git/shallow")).catch(() => {})
  await runGit(root, ["fetch", "--quiet", "--no-tags", lender, "+refs/tags/*:refs/tags/*"])
}

type Git = (...args: readonly string[]) => Promise<GitEnd>

async function fetchFrom(git: Git, { commit, remote }: Pick<CommitPlace, "commit" | "remote">): Promise<void> {
  if (remote === null) throw gone(commit, remote, "the run knew no remote")
  await git("remote", "add", "origin", "--", remote)
  // Blobs of other commits are of no use; history is, because versions are told by it.
  const options = ["fetch", "--quiet", "--tags", "--filter=blob:none", "origin"]
  const fetched = await git(...options, commit)
  if (fetched.ok) return
  // A server that gives no commit by its name may give it with a branch.
  const all = await git(...options, "+refs/heads/*:refs/remotes/origin/*")
  if (!all.ok) throw unreachable(remote, all.said)
  if (!(await git("cat-file", "-e", `${commit}^{commit}`)).ok) throw gone(commit, remote, fetched.said)
}

function gone(commit: string, remote: string | null, said: string): QuillonError {
  const where = remote === null ? "nowhere to be had" : `not on ${remote} any more`
  return new QuillonError({
    code: "COMMIT_GONE",
    message: `the commit ${commit.slice(0, 12)} is not in a repository here and ${where}: ${said}`,
    next: "go to a clone that has it (git cat-file -t <commit>), and type the line again there",
    kind: "environment",
  })
}

function unreachable(remote: string, said: string): QuillonError {
  return new QuillonError({
    code: "REMOTE_UNREACHABLE",
    message: `${remote} can't be asked for the commit: ${said}`,
    next: `see whether you may read it: git ls-remote ${remote}`,
    kind: "environment",
  })
}
