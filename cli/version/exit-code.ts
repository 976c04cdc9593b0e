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
