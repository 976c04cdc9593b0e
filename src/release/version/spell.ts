import { QuillonError } from "../../errors.js"
import { toImageTag } from "./image-tag.js"
import { toPep440 } from "./pep440-text.js"
import { whyRefused } from "./refusal.js"
import type { Truth } from "./truth.js"
import { toSemVer } from "./version.js"

/** The spellings in which a version can be asked for alone. */
export const SPELLINGS = ["semver", "pep440", "image"] as const

/** One of {@link SPELLINGS}. */
export type Spelled = (typeof SPELLINGS)[number]

const SPELL = { semver: toSemVer, pep440: toPep440, image: toImageTag } as const

/** The version of a project in one spelling. @throws QuillonError NO_SUCH_SPELLING where it has none */
export function spell({ version, source, spelling, refusal }: Truth, as: Spelled): string {
  if (version !== undefined) return SPELL[as](version)
  const reason =
    source.kind === "none" ? source.reason : `${spelling?.text} ${refusal === undefined ? "" : whyRefused(refusal)}`
  throw new QuillonError({
    code: "NO_SUCH_SPELLING",
    message: `the version can't be spelled so: ${reason}`,
    next: "quillon version check",
    kind: "environment",
  })
}
