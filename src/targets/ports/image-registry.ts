import type { Found } from "./sight.js"
import type { Target, Trouble } from "./target.js"

/** An image without a tag. */
export interface ImageWish {
  /** `sha256:…` of the manifest or index. */
  readonly digest: string
}

/** A tag on an image. */
export interface ImageTagWish {
  readonly tag: string
  readonly digest: string
  /** `version`: never moved. `floating`: another digest there means absent, because the tag is to be moved. */
  readonly kind: "version" | "floating"
}

/** One repository of a container registry. */
export interface ImageRegistry {
  readonly name: string
  /** What stands against a push: credentials, permission. */
  check(): Promise<readonly Trouble[]>
  /** The image with all that it refers to, by digest. */
  readonly images: Target<ImageWish>
  readonly tags: Target<ImageTagWish>
  /** Names of all tags of the repository: what floating tags are decided from. A repository that is not there has none. */
  held(): Promise<Found<readonly string[]>>
}
