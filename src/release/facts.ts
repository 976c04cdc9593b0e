import type { Channel } from "./policy-settings.js"
import type { VersionFacts } from "./version/facts.js"

/** A commit as git tells it. */
export interface RawCommit {
  readonly hash: string
  readonly parents: readonly string[]
  readonly author: string
  /** Committer's time in seconds since 1970. */
  readonly time: number
  readonly message: string
}

/** A tag of the repository. */
export interface Tag {
  readonly name: string
  /** The commit that it names, through an annotated tag. */
  readonly commit: string
  /** True where the planned commit contains the tagged one. */
  readonly reachable: boolean
  /** When the tag was made, in seconds since 1970. */
  readonly time: number
}

/** A text file that the release commit changes; `before` is absent for a new one. */
export interface TextEdit {
  readonly path: string
  readonly before?: string
  readonly after: string
}

/** What is asked of the planner. Only answers to `next` and `tag` can be carried out. */
export type Question =
  /** What is the next release? */
  | { readonly kind: "next" }
  /** What would have been released when the planned commit was the newest one? */
  | { readonly kind: "past" }
  /** What would be released if this tag were the last release? */
  | { readonly kind: "since"; readonly tag: string }
  /** What does the release of this tag lack, which is there already? The facts are those of its commit. */
  | { readonly kind: "tag"; readonly tag: string }

/** What a remote tells by the names of its refs. */
export interface RemoteRefs {
  /** Names of its tags. */
  readonly tags: readonly string[]
  /** Versions, as SemVer, whose release was abandoned. */
  readonly abandoned: readonly string[]
}

/** Everything that a plan is made from. Plain data: gathered once by a door. */
export interface ReleaseFacts {
  /** The planned commit; `branch` is null where HEAD is detached. */
  readonly head: { readonly commit: string; readonly branch: string | null }
  /** True where the clone lacks history (`git clone --depth`). */
  readonly shallow: boolean
  readonly question: Question
  /** What a person asked to release, over what the branch releases. */
  readonly channel?: Channel
  readonly tags: readonly Tag[]
  /** Versions, as SemVer, whose release was abandoned: their tags are there, and what they brought was never out. */
  readonly abandoned: readonly string[]
  /** Names of the remote's tags; null where there is no remote or nobody could ask it. */
  readonly remoteTags: readonly string[] | null
  /** The tag after which the commits begin; null when they begin with the first one. */
  readonly since: string | null
  /** Commits of `since..head`, newest first. */
  readonly commits: readonly RawCommit[]
  /** Address of the git remote; null when there is none. */
  readonly remote: string | null
  readonly project: {
    /** Its folder relative to the repository's root, where it is not the root. */
    readonly folder?: string
    /** False where an extension module is built: one wheel for each interpreter. */
    readonly pure: boolean
    /** True where the project can be built into sdist and wheel. */
    readonly builds: boolean
  }
  /** What the version check looks at; the tags are those above. */
  readonly versions: Omit<VersionFacts, "tags">
  /** The changelog as it is; null where there is none yet. */
  readonly changelog: string | null
  /** Digest of the settings under which the plan is made. */
  readonly settingsDigest: string
}
