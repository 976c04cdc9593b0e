import type { Truth } from "../../src/release/version/truth.js"
import type { ExitCode } from "../io.js"

/** The exit code of a look at the version: 0 agree, 1 disagree, 2 could not look. */
export function exitCodeOfTruth({ outcome }: Pick<Truth, "outcome">): ExitCode {
  switch (outcome) {
    case "agree":
      return 0
    case "disagree":
      return 1
    case "could-not-look":
      return 2
  }
}

/** What a person can see and must decide: the project disagrees with itself, so nothing can be written. */
const DISAGREEMENTS = new Set(["TAG_AHEAD", "RIVAL_TAGS", "MALFORMED_VERSION"])

/** True for an error that tells of a disagreement rather than of wrong usage or of what could not be seen. */
export function tellsOfDisagreement(code: string): boolean {
  return DISAGREEMENTS.has(code)
}
