import type { Address } from "./cell.js"
import type { CellReport, Report } from "./report.js"

/** A cell as the board announces it before anything runs. */
export interface PlannedCell {
  readonly address: Address
  readonly stage: string
  readonly cell: string
  readonly title: string
  /** Addresses that must end before it starts. */
  readonly after: readonly Address[]
}

/** What happens in a run, in order. Renderers only listen. Times are milliseconds since 1970. */
export type RunEvent =
  | {
      readonly kind: "run-started"
      readonly id: string
      readonly at: number
      readonly project: { readonly name: string; readonly version?: string }
      readonly cells: readonly PlannedCell[]
    }
  | { readonly kind: "cell-started"; readonly address: Address; readonly at: number; readonly attempt: number }
  /** The attempt could not look and is made again with a fresh nonce. */
  | { readonly kind: "cell-retried"; readonly address: Address; readonly at: number; readonly reason: string }
  | { readonly kind: "cell-finished"; readonly address: Address; readonly at: number; readonly report: CellReport }
  | { readonly kind: "run-finished"; readonly at: number; readonly report: Report }

/** Receives events. */
export type Listener = (event: RunEvent) => void
