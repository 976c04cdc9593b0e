/** A tag that HEAD can reach. */
export interface Tag {
  readonly name: string
  /** The commit that it marks, in full. */
  readonly commit: string
}

/** The tags of a repository, or why there are none to see. */
export type TagFacts =
  | {
      readonly kind: "seen"
      readonly tags: readonly Tag[] /** Null before the first commit. */
      readonly head: string | null
    }
  /** There is no repository. */
  | { readonly kind: "no-git" }
  /** There may be tags, and they can't be seen: no git program, a shallow clone. */
  | { readonly kind: "hidden"; readonly reason: string; readonly next: string }
