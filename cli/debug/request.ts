import type { RunRequest } from "../run-request.js"

/** Where somebody wants to stand, and what to do there. */
export interface DebugRequest {
  /** How the cells run that lead there. */
  readonly run: RunRequest
  /** A stage or one cell of it. */
  readonly name: string
  /** One of several commands of the stage. */
  readonly command?: string
  readonly state: "before" | "after"
  /** `run`: executes the stage first, and stays only where it does not pass. */
  readonly first?: "run"
  /** A command in place of the shell; empty for the shell. */
  readonly argv: readonly string[]
}
