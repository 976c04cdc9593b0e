import type { LogFile } from "./log.js"
import type { EnginePaths } from "./paths.js"
import type { Run } from "./process.js"
import type { Progress } from "./progress.js"

/** What one command on an engine works with; made once, handed down. */
export interface Session {
  readonly paths: EnginePaths
  readonly env: Readonly<Record<string, string | undefined>>
  /** engine/ of this installation: Go module and guest scripts. */
  readonly assets: string
  readonly run: Run
  readonly log: LogFile
  readonly progress: Progress
  readonly signal: AbortSignal
}
