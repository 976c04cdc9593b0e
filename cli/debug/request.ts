import type { RunRequest } from "../run-request.js"
import { typedArgument, typedFolder } from "../typed-argument.js"

/** Where somebody wants to stand, and what to do there. */
export interface DebugRequest {
  /** How the cells run that lead there. */
  readonly run: RunRequest
  /** A stage or one cell of it; of a capsule the first that did not pass when absent. */
  readonly name?: string
  /** A run of another machine, or of another day. */
  readonly capsule?: {
    /** Absolute path of a capsule, a run's folder or an archive of it. */
    readonly path: string
    /** As it was typed. */
    readonly word: string
  }
  /** One of several commands of the stage. */
  readonly command?: string
  readonly state: "before" | "after"
  /** `run`: executes the stage first, and stays only where it does not pass. */
  readonly first?: "run"
  /** A command in place of the shell; empty for the shell. */
  readonly argv: readonly string[]
}

/** What to type to stand somewhere else in the same project or capsule. */
export function debugLine({ capsule, run: { path } }: DebugRequest, name: string): string {
  return capsule === undefined
    ? `quillon debug ${name}${typedFolder(path)}`
    : `quillon debug ${typedArgument(capsule.word)}${name === "" ? "" : ` ${name}`}`
}
