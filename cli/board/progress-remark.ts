import { formatSeconds } from "../duration.js"
import { neutraliseLine } from "../neutralise.js"
import type { BoardState, CellProgress, Row } from "./state.js"

/** Seconds below which it helps nobody to know how long a cell takes. */
const WORTH_TELLING = 3
const WAITS_SHOWN = 2

/** What stands behind a cell that runs: its command, how long it takes as a rule, the newest line that it printed. Pure. */
export function remarkOnRunning(
  { planned }: Pick<Row, "planned">,
  progress: CellProgress & { readonly kind: "running" },
  { usual }: Pick<BoardState, "usual">,
): string {
  const seconds = usual.get(planned.address)
  const parts = [
    progress.activity ?? (progress.attempt > 1 ? "trying again" : ""),
    seconds === undefined || seconds < WORTH_TELLING ? "" : `usually ${formatSeconds(seconds)}`,
    progress.line ?? "",
  ]
  return parts
    .map(neutraliseLine)
    .filter((part) => part !== "")
    .join(" · ")
}

/** What stands behind a cell that waits: for which others, those that run before those that wait. Pure. */
export function remarkOnWaiting({ planned }: Pick<Row, "planned">, { rows }: Pick<BoardState, "rows">): string {
  const open = rows.filter((row) => planned.after.includes(row.planned.address) && row.progress.kind !== "ended")
  const names = open
    .toSorted((a, b) => Number(b.progress.kind === "running") - Number(a.progress.kind === "running"))
    .map((row) => row.planned.address)
  if (names.length === 0) return ""
  const more = names.length - WAITS_SHOWN
  const shown = names.slice(0, WAITS_SHOWN).join(", ")
  return `after ${shown}${more > 0 ? ` and ${more} more` : ""}`
}
