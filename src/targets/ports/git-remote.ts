import type { Found } from "./sight.js"
import type { Target, Trouble } from "./target.js"

/** What the release commit and its tag are made of. */
export interface CommitWish {
  /** The planned commit, in full. */
  readonly base: string
  /** Patches that `git apply` takes; none where the tag stands on the planned commit. */
  readonly edits: readonly { readonly path: string; readonly diff: string }[]
  /** Message of commit and tag. */
  readonly message: string
  readonly tag: string
  /** Time of commit and tag in seconds since 1970. */
  readonly time: number
}

/** A finished release commit and its annotated tag: the same objects on every machine. */
export interface ReleaseCommit {
  readonly commit: string
  /** Time of the commit in seconds since 1970: the epoch of everything that is built from it. */
  readonly time: number
  readonly tag: {
    readonly name: string
    /** Id of the tag object. */
    readonly object: string
    /** Text of the tag object, signature included, so that a machine that lacks it can make it again; empty of a bare tag. */
    readonly content: string
  }
}

/** How the making of commit and tag ended. */
export type Prepared =
  | { readonly kind: "prepared"; readonly release: ReleaseCommit }
  /** A patch does not apply, the commit is not there, the key can't sign. */
  | { readonly kind: "refused"; readonly why: string; readonly next: string }

/** Commit and tag in one atomic push. */
export interface PushWish {
  readonly release: ReleaseCommit
  /** The branch and where it must be for the push to be taken; null for the tag alone. */
  readonly branch: { readonly name: string; readonly at: string } | null
}

/** The receipt as a note on the tag object. */
export interface NoteWish {
  readonly tag: { readonly name: string; readonly object: string }
  readonly text: string
}

/** The git remote of a release. The working tree of the person who releases is never touched. */
export interface GitRemote {
  readonly name: string
  /** What stands against a push: credentials, permission, a protected branch or tag. */
  check(wish: {
    readonly branch: string | null
    /** The tag that must not be there; null where it is to be found there. */
    readonly tag: string | null
  }): Promise<readonly Trouble[]>
  /** Makes commit and tag without pushing them. The person's name and key are the client's. */
  prepare(wish: CommitWish): Promise<Prepared>
  /** The commit and tag that the remote has under a tag's name, as if they had been made here. */
  adopt(tag: string): Promise<Prepared>
  /** Where a branch of the remote is now. */
  tip(branch: string): Promise<Found<string>>
  /**
   * Identical: the remote's tag is this very tag object (the push is atomic, so the commit came with it, and others
   * may have pushed on top since). A tag of that name on anything else is different. `apply` refuses as `moved` where
   * the branch is not exactly at `branch.at`, and then the tag is not there either.
   */
  readonly push: Target<PushWish>
  /** `apply` keeps the notes of other tags, whoever adds one at the same time. */
  readonly notes: Target<NoteWish>
  /** Reads the receipt of a tag by the tag's name; the object is that of the remote's tag. */
  receipt(
    tag: string,
  ): Promise<Found<{ readonly object: string; readonly commit: string; readonly text: string | null }>>
}
