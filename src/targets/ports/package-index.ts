import type { Target, Trouble } from "./target.js"

/** One file of a version on a package index. */
export interface IndexFile {
  /** The project's name as its metadata has it. */
  readonly project: string
  /** As PEP 440. */
  readonly version: string
  readonly name: string
  readonly kind: "wheel" | "sdist"
  /** Hexadecimal. */
  readonly sha256: string
}

/** A version as somebody installs it: every file by its hash. */
export interface IndexVersion {
  readonly project: string
  readonly version: string
  readonly files: readonly IndexFile[]
  /** Names that must import. */
  readonly imports: readonly string[]
}

/** A package index: PyPI, TestPyPI, or any with PEP 503 or 691 pages and the legacy upload. */
export interface PackageIndex {
  readonly name: string
  /** What stands against an upload: credentials, a name that somebody else has, files of that version. */
  check(wish: { readonly project: string; readonly version: string }): Promise<readonly Trouble[]>
  /** Identical: the index has the file with the same sha256. A name that was used and deleted is `burnt` when applied. */
  readonly files: Target<IndexFile>
  /**
   * The version installed from this index by hash, and imported: nothing is written. `probe` says absent until it was
   * tried in this process; `apply` says `waiting` where the pages lag and `invalid` where it can't be installed.
   */
  readonly install: Target<IndexVersion>
}
