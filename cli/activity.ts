import type { Address } from "../src/pipeline/cell.js"
import type { ActivityEvent, LineEvent } from "./board/state.js"
import type { LogNews } from "./log-lines.js"
import type { SpanNews } from "./spans.js"

/** Follows what the engine does for the cells that run. */
export interface ActivityTracker {
  /** Spans that came together: what began and ended in them is over before anybody could read it. */
  on(batch: readonly SpanNews[]): void
  /** What steps printed. */
  said(batch: readonly LogNews[]): void
  started(address: Address): void
  ended(address: Address): void
}

/** Turns the engine's spans into what the board says behind the cells that run. */
export function createActivityTracker(emit: (event: ActivityEvent | LineEvent) => void): ActivityTracker {
  const running = new Set<Address>()
  const cells = new Map<string, Address>()
  /** Cells of which a step runs: they wait for nothing. */
  const busy = new Set<Address>()
  const waiting = new Set<Address>()
  const uploads = { open: 0 }
  const tell = (address: Address, activity: string) => {
    if (running.has(address)) emit({ kind: "cell-activity", address, activity })
  }
  const tellWaiting = (activity: string, needs: (address: Address) => boolean) => {
    for (const address of running) {
      if (busy.has(address) || !needs(address)) continue
      waiting.add(address)
      tell(address, activity)
    }
  }
  return {
    said(batch) {
      for (const { span, line } of batch) {
        const address = cells.get(span)
        if (address !== undefined && running.has(address)) emit({ kind: "cell-line", address, line })
      }
    },
    started: (address) => void running.add(address),
    ended(address) {
      for (const set of [running, busy, waiting]) set.delete(address)
    },
    on(batch) {
      const pulls = new Set<string>()
      const steps = new Map<Address, string>()
      const before = uploads.open
      for (const news of batch) {
        if (news.kind === "step") {
          steps.set(news.address, news.command)
          cells.set(news.span, news.address)
        }
        if (news.kind === "upload") uploads.open = Math.max(0, uploads.open + (news.ended ? -1 : 1))
        if (news.kind === "pull") news.ended ? pulls.delete(news.image) : pulls.add(news.image)
      }
      for (const [address, command] of steps) {
        busy.add(address)
        waiting.delete(address)
        tell(address, command)
      }
      // Whose files they are can't be told from the span.
      if (uploads.open > before) tellWaiting("uploading files", () => true)
      if (uploads.open === 0 && before > 0) {
        for (const address of waiting) tell(address, "")
        waiting.clear()
      }
      for (const image of pulls) tellWaiting(`pulling ${shortName(image)}`, (address) => mayNeed(address, image))
    },
  }
}

/** Which cell waits for an image can't be told from its span; the interpreter in its name can be compared. */
function mayNeed(address: Address, image: string): boolean {
  const [, key] = address.split("@")
  return key === undefined || image.includes(`:${key}-`)
}

/** `docker.io/library/python:3.11-slim@sha256:…` as people write it. */
function shortName(image: string): string {
  return image.replace(/^docker\.io\/(library\/)?/, "").replace(/@sha256:.*$/, "")
}
