import type { Address } from "../src/pipeline/cell.js"
import type { ActivityEvent } from "./board/state.js"
import type { SpanNews } from "./spans.js"

/** Turns the engine's spans into what the board says behind the cells that run. */
export function createActivityTracker(emit: (event: ActivityEvent) => void): {
  on(news: SpanNews): void
  started(address: Address): void
  ended(address: Address): void
} {
  const running = new Set<Address>()
  const pulls = new Set<string>()
  return {
    started: (address) => void running.add(address),
    ended: (address) => void running.delete(address),
    on(news) {
      switch (news.kind) {
        case "step":
          if (running.has(news.address)) emit({ kind: "cell-activity", address: news.address, activity: news.command })
          return
        case "pull":
          if (news.ended) return void pulls.delete(news.image)
          pulls.add(news.image)
          // Which cell waits for an image can't be told from its span; all that run without a step of their own do.
          for (const address of running) emit({ kind: "cell-activity", address, activity: `pulling ${news.image}` })
          return
        case "upload":
          return
      }
    },
  }
}
