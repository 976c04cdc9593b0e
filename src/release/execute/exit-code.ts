import type { ActStop } from "./act-end.js"
import type { ReleaseEnd } from "./release-end.js"

/** What a release means to whoever started it: 0 done as was asked, 1 something is wrong with it, 2 it is not over (DESIGN §1). */
export function exitCodeOfRelease(end: ReleaseEnd): 0 | 1 | 2 {
  switch (end.kind) {
    case "released":
    case "already-released":
      return 0
    case "refused":
      return end.troubles.some(({ kind }) => kind === "wrong") ? 1 : 2
    case "withdrawn":
      return end.cause === "abandoned" ? 0 : 1
    case "abandoned":
      return 0
    case "held":
    case "nothing":
      return 2
    case "stopped":
      return isWrong(end.stop) ? 1 : 2
  }
}

function isWrong(stop: ActStop): boolean {
  return (
    stop.kind === "conflict" ||
    stop.kind === "burnt" ||
    stop.kind === "moved" ||
    (stop.kind === "failed" && stop.blame === "release")
  )
}
