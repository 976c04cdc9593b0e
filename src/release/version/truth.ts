import type { FoundPlace, Trouble } from "./found.js"
import type { Refusal } from "./refusal.js"
import type { Spelling } from "./same-version.js"
import type { Source } from "./source.js"
import type { VersionTag } from "./tags.js"
import type { Version } from "./version.js"

/** What a place says, measured against the source. */
export type PlaceVerdict =
  | { readonly kind: "source" }
  | { readonly kind: "agrees" }
  /** `expected`: what should stand there; absent where nothing can. */
  | { readonly kind: "differs"; readonly expected?: string; readonly because?: Refusal }
  /** The form of the file is wrong: {@link FoundPlace.fault}. */
  | { readonly kind: "malformed"; readonly fault: string }
  /** The file is written anew by each build. */
  | { readonly kind: "generated"; readonly by: string }
  /** A changelog that does not yet tell of a version that is not yet released. */
  | { readonly kind: "lags" }

/** What the tags say, measured against the source. */
export type TagVerdict =
  /** The newest tag is the source's version; `past` where HEAD has commits after it. */
  | { readonly kind: "released"; readonly tag: VersionTag; readonly past?: true }
  /** The source is ahead: to be released as at least this. */
  | { readonly kind: "unreleased"; readonly tag?: VersionTag }
  /** The newest tag is ahead of the source. */
  | { readonly kind: "ahead"; readonly tag: VersionTag }
  /** The newest tag's commit carries another final release too. */
  | { readonly kind: "rivals"; readonly tag: VersionTag; readonly other: VersionTag }
  | { readonly kind: "no-git" }
  | { readonly kind: "hidden"; readonly reason: string; readonly next: string }

/** A place and its verdict. */
export interface JudgedPlace {
  readonly place: FoundPlace
  readonly verdict: PlaceVerdict
}

/** What is true of a project's version, and who says otherwise. */
export interface Truth {
  readonly source: Source
  /** As the source spells it; absent when there is none. */
  readonly spelling?: Spelling
  /** Absent when there is no source, or when it lies outside the domain: {@link Truth.refusal}. */
  readonly version?: Version
  readonly refusal?: Refusal
  readonly places: readonly JudgedPlace[]
  readonly tag: TagVerdict
  /** Tags that name no version. */
  readonly otherTags: number
  readonly troubles: readonly Trouble[]
  readonly outcome: "agree" | "disagree" | "could-not-look"
}
