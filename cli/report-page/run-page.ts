import type { Report } from "../../src/pipeline/report.js"
import type { CellLog } from "../board/log-section.js"
import type { CoveredFile } from "./read-lcov.js"

/** All that the page of a run is made of. */
export interface RunPage {
  readonly report: Report
  /** False of a run that was killed, or that still goes: the report is what is known of it. */
  readonly ended: boolean
  readonly coverage: readonly CoveredFile[]
  /** The end of what the tools of cells that went wrong printed. */
  readonly logs: readonly CellLog[]
}
