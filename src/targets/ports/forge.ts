import type { Target, Trouble } from "./target.js"
import type { Written } from "./written.js"

/** Which release page is ours: its tag, and the nonce that its draft was made with. */
export interface PageName {
  readonly tag: string
  /** Stands in the page's text where readers don't see it, because a tag can have several drafts. */
  readonly nonce: string
}

/** A page that readers do not see yet. */
export interface DraftWish extends PageName {
  readonly commit: string
  readonly title: string
  /** Markdown. */
  readonly notes: string
  readonly prerelease: boolean
}

/** A file on the page. */
export interface AssetWish extends PageName {
  readonly name: string
  /** Hexadecimal. */
  readonly sha256: string
}

/** The page as readers see it. */
export interface PublicationWish extends DraftWish {
  /** Whether it may become "the latest release": it does where no page of a greater version is published. */
  readonly latest: boolean
  readonly assets: readonly { readonly name: string; readonly sha256: string }[]
}

/** Release pages of a forge. Where a forge has no drafts, `drafts` and `assets` are its packages. */
export interface Forge {
  readonly name: string
  /** What stands against a page: credentials, permission, a page of that tag, settings of the repository. */
  check(wish: { readonly tag: string }): Promise<readonly Trouble[]>
  /** Identical: our draft is there, or was published since. A published page of the tag that is not ours is different. */
  readonly drafts: Target<DraftWish>
  /**
   * Absent also where our draft is not there, and where an upload broke off: `apply` takes such a rest away first. A
   * whole asset of that name with another digest is different.
   */
  readonly assets: Target<AssetWish>
  /** Identical: our page is published with these notes and assets. Our draft is absent. */
  readonly publications: Target<PublicationWish>
  /** Deletes our draft; done where there is none. Refused as `conflict` where it was published. */
  withdraw(page: PageName): Promise<Written>
}
