/** Why a text is no version of the domain, by name. */
export type RefusalName =
  | "not-a-version"
  | "post-release"
  | "epoch"
  | "local-version"
  | "dev-of-pre-release"
  | "build-metadata"
  | "release-length"
  | "pre-release-label"
  | "too-large"

/** A text that has no counterpart in SemVer, PEP 440 and image tags at once. */
export interface Refusal {
  readonly kind: "refused"
  readonly refusal: RefusalName
  readonly text: string
}

const WHY: Readonly<Record<RefusalName, string>> = {
  "not-a-version": "is neither a SemVer nor a PEP 440 version",
  "post-release": "is a post-release, which SemVer can't order after its release",
  epoch: "has an epoch, which SemVer does not have",
  "local-version": "has a local part (+…), which no index accepts",
  "dev-of-pre-release": "is a development version of a pre-release, which SemVer can't order before it",
  "build-metadata": "has build metadata (+…), which neither orders versions nor fits an image tag",
  "release-length": "does not have the three numbers of X.Y.Z",
  "pre-release-label": "has another pre-release than alpha.N, beta.N, rc.N or 0.dev.N",
  "too-large": `has a number above ${Number.MAX_SAFE_INTEGER}`,
}

/** Refuses a text by name. */
export function refuse(text: string, refusal: RefusalName): Refusal {
  return { kind: "refused", refusal, text }
}

/** The refusal in words for people, without the text: `is a post-release, …`. */
export function whyRefused({ refusal }: Refusal): string {
  return WHY[refusal]
}
