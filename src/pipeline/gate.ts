import type { Finding } from "../findings/finding.js"
import type { Settings } from "../project/settings.js"
import type { Measures } from "./reading.js"

/** What a gate said. */
export interface Verdict {
  readonly passed: boolean
  /** One line, e.g. `no finding of severity high or above`, or what broke it. */
  readonly message: string
  /** Shown on the board though the gate passed: a number that people look for. One line, few words. */
  readonly remark?: string
}

/** Policy over findings and measures: decides whether a cell that could look has passed. Pure. */
export interface Gate {
  /** What is demanded, in one line for people; by the settings where these decide. */
  readonly demands: string | ((settings: Settings) => string)
  judge(looked: { readonly findings: readonly Finding[]; readonly measures: Measures }, settings: Settings): Verdict
}
