import type { Place } from "./place.js"

/** Why a place may decide the version, in the order of precedence (DESIGN §4). */
export const CLAIMS = ["version-file", "static", "reader", "sdist"] as const

/** One of {@link CLAIMS}. */
export type Claim = (typeof CLAIMS)[number]

/** A place with what is known of its role. */
export interface FoundPlace extends Place {
  /** Present where the place may be the source. */
  readonly claim?: Claim
  /** What is wrong with the file's form although its version can be read: `begins with a byte order mark`. */
  readonly fault?: string
  /** `head` of a changelog: may lag behind a version that is not released yet, and is never edited. */
  readonly role?: "changelog"
}

/** A place that should be there and could not be looked at. */
export interface Trouble {
  readonly file: string
  /** One line, without the file's name. */
  readonly message: string
  readonly next: string
}

/** What was found of a project's version in its files. */
export interface Found {
  readonly places: readonly FoundPlace[]
  readonly troubles: readonly Trouble[]
}

/** Nothing found. */
export const NOTHING: Found = { places: [], troubles: [] }

/** Joins what several finders found, in order. */
export function joinFound(...found: readonly Found[]): Found {
  return { places: found.flatMap(({ places }) => places), troubles: found.flatMap(({ troubles }) => troubles) }
}
