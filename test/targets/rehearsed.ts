import type { Faults, Match } from "../../rehearsal/faults/fault.js"
import type { RequestLog } from "../../rehearsal/faults/request-log.js"
import type { TargetSubject } from "./contract/target.js"

/** A server of the rehearsal, as far as a contract meddles with it. */
export interface Rehearsed {
  readonly faults: Faults
  readonly log: Pick<RequestLog, "read">
  /** Requests that change something. */
  readonly writes: Match
  /** Requests that look. */
  readonly looks: Match
  /** Status that hides a thing from somebody without permission. */
  readonly hidden: number
}

/** What a contract asks of a server, done by the proxy in front of it. */
export function meddleWith(
  rehearsed: Rehearsed,
): Pick<TargetSubject<unknown>, "fault" | "hide" | "cut"> & { writes(): number } {
  const { faults, log, writes, looks, hidden } = rehearsed
  const answer = (match: Match, status: number, headers: Readonly<Record<string, string>> = {}) =>
    void faults.add({ ...match, kind: "answer", answer: { status, headers, body: "{}" } })
  return {
    fault(kind) {
      switch (kind) {
        case "answer-lost":
          return void faults.add({ ...writes, kind: "drop", moment: "after" })
        case "rate-limited":
          return answer(writes, 429, { "retry-after": "7" })
        case "unavailable":
          return answer(writes, 503)
        case "denied":
          return answer(writes, 403)
      }
    },
    hide: () => answer(looks, hidden),
    cut: () => void faults.add({ ...looks, kind: "drop", moment: "before" }),
    writes: () =>
      log.read().filter(({ method, target, status = 500 }) => {
        const isWrite = (writes.methods ?? [method]).includes(method) && (writes.target?.test(target) ?? true)
        return isWrite && status < 400
      }).length,
  }
}
