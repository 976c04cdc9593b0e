import { QuillonError } from "../errors.js"
import { demandGit, type Git } from "./git-command.js"

/** A commit as git tells it. */
export interface GitCommit {
  readonly hash: string
  readonly parents: readonly string[]
  readonly author: string
  /** Committer's time in seconds since 1970. */
  readonly time: number
  readonly message: string
}

/** A tag as git tells it; tags of trees and blobs are left out. */
export interface GitTag {
  readonly name: string
  /** The commit that it names, through an annotated tag. */
  readonly commit: string
  /** True where the asked commit contains the tagged one. */
  readonly reachable: boolean
  /** When the tag was made, in seconds since 1970. */
  readonly time: number
}

/** What of a repository decides a release. */
export interface GitFacts {
  readonly head: { readonly commit: string; readonly branch: string | null }
  readonly shallow: boolean
  readonly tags: readonly GitTag[]
  /** The tag after which the commits begin; null when they begin with the first one. */
  readonly since: string | null
  /** Newest first. */
  readonly commits: readonly GitCommit[]
  readonly remote: string | null
}

/** What is asked of a repository. */
export interface GitQuestion {
  /** A revision; `HEAD` when absent. */
  readonly at?: string
  /** The folder whose commits count; all when absent. */
  readonly folder?: string
  /** Chooses the tag after which the commits begin, so that no more of a long history is read than is asked for. */
  readonly start: (tags: readonly GitTag[]) => string | null
  /** `tags`: no commits are read. */
  readonly depth?: "commits" | "tags"
}

const TAG_FORMAT =
  "%(refname:strip=2)%00%(objectname)%00%(objecttype)%00%(*objectname)%00%(*objecttype)%00%(creatordate:unix)"
const COMMIT_FORMAT = "%H%x00%P%x00%an%x00%ct%x00%B%x00"
const COMMIT_FIELDS = 5

/**
 * Gathers what of a repository decides a release.
 *
 * @throws QuillonError NO_COMMITS, NO_SUCH_REVISION, GIT_UNREADABLE
 */
export async function gatherGitFacts(git: Git, { at = "HEAD", folder, start, depth }: GitQuestion): Promise<GitFacts> {
  const [commit, branch, shallow, remotes, tags] = await Promise.all([
    revision(git, at),
    git.run(["symbolic-ref", "--quiet", "--short", "HEAD"]),
    git.run(["rev-parse", "--is-shallow-repository"]),
    git.run(["config", "--local", "-z", "--get-regexp", "^remote\\..*\\.url$"]),
    demandGit(git, ["for-each-ref", `--format=${TAG_FORMAT}`, "refs/tags"]),
  ])
  const merged = await demandGit(git, [
    "for-each-ref",
    `--merged=${commit}`,
    "--format=%(refname:strip=2)",
    "refs/tags",
  ])
  const all = readTags(tags, new Set(merged.split("\n")))
  const since = start(all)
  return {
    head: { commit, branch: branch.code === 0 ? branch.stdout.trim() : null },
    shallow: shallow.stdout.trim() === "true",
    tags: all,
    since,
    commits: depth === "tags" ? [] : await commitsOf(git, { commit, since, tags: all, folder }),
    remote: readRemote(remotes.stdout),
  }
}

interface Range {
  readonly commit: string
  readonly since: string | null
  readonly tags: readonly GitTag[]
  readonly folder: string | undefined
}

/** No commits where they are to begin after a tag that is not there. */
async function commitsOf(git: Git, { commit, since, tags, folder }: Range): Promise<readonly GitCommit[]> {
  if (since !== null && !tags.some(({ name }) => name === since)) return []
  const range = since === null ? commit : `refs/tags/${since}..${commit}`
  const limit = folder === undefined || folder === "." ? [] : ["--parents", "--", folder]
  return readCommits(
    await demandGit(git, ["log", "--encoding=UTF-8", `--format=tformat:${COMMIT_FORMAT}`, range, ...limit]),
  )
}

async function revision(git: Git, at: string): Promise<string> {
  const found = at.startsWith("-") ? undefined : await git.run(["rev-parse", "--verify", "--quiet", `${at}^{commit}`])
  if (found?.code === 0) return found.stdout.trim()
  throw at === "HEAD"
    ? new QuillonError({
        code: "NO_COMMITS",
        message: "the repository has no commit yet",
        next: "git commit",
        kind: "usage",
      })
    : new QuillonError({
        code: "NO_SUCH_REVISION",
        message: `${JSON.stringify(at)} is no commit of this repository`,
        next: "git log --oneline shows the commits; git fetch --tags brings those of the remote",
        kind: "usage",
      })
}

/** Reads `for-each-ref` in {@link TAG_FORMAT}. A name of a tag has no line feed (git-check-ref-format). */
function readTags(text: string, reachable: ReadonlySet<string>): readonly GitTag[] {
  return text.split("\n").flatMap((line): readonly GitTag[] => {
    const [name = "", object = "", type, peeled = "", peeledType, time] = line.split("\0")
    const commit = type === "commit" ? object : peeledType === "commit" ? peeled : ""
    return commit === "" ? [] : [{ name, commit, reachable: reachable.has(name), time: Number(time) || 0 }]
  })
}

/** Reads `log` in {@link COMMIT_FORMAT}. A message has no NUL: git ends it there. */
function readCommits(text: string): readonly GitCommit[] {
  const fields = text.split("\0")
  const commits: GitCommit[] = []
  for (let at = 0; at + COMMIT_FIELDS <= fields.length; at += COMMIT_FIELDS) {
    const [hash = "", parents = "", author = "", time = "", message = ""] = fields.slice(at, at + COMMIT_FIELDS)
    commits.push({
      // With --parents git adds the parents to its own first line; the line feed ends the record before.
      hash: hash.replace(/^\n/, ""),
      parents: parents === "" ? [] : parents.split(" "),
      author,
      time: Number(time),
      message,
    })
  }
  return commits
}

/** The remote `origin`, else the first. Reads `config -z --get-regexp`. */
function readRemote(text: string): string | null {
  const remotes = text.split("\0").flatMap((entry) => {
    const end = entry.indexOf("\n")
    return end < 0 ? [] : [{ key: entry.slice(0, end), url: entry.slice(end + 1) }]
  })
  return (remotes.find(({ key }) => key === "remote.origin.url") ?? remotes[0])?.url ?? null
}
