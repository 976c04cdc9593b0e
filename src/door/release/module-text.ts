import type { ReleaseEvent } from "../../release/execute/event.js"
import type { ReleaseEnd } from "../../release/execute/release-end.js"
import { sayEnd } from "../../release/execute/say-end.js"
import type { Trouble } from "../../targets/ports/target.js"

/** One line of what a caller of the module is told of a release. */
export type ReleaseLine = string

/** What an event or the end of a release tells a caller of the module. Pure. */
export function releaseLines(told: ReleaseEvent | ReleaseEnd): readonly ReleaseLine[] {
  switch (told.kind) {
    case "trouble":
      return [troubleLine(told.trouble)]
    case "act-finished": {
      const { what, where, outcome, link, why } = told.receipt
      const more = [outcome === "done" ? undefined : outcome, link, why].filter((text) => text !== undefined)
      return [[`  ${where}: ${what}`, ...more].join("  ")]
    }
    case "release-started":
    case "step-started":
    case "step-finished":
    case "tried-again":
    case "withdrawing":
      return []
    default: {
      const { word, rest, next } = sayEnd(told)
      return [`${word}${rest}`, ...(next === undefined ? [] : [`  next: ${asCalls(next)}`])]
    }
  }
}

function troubleLine({ target, what, next, kind }: Trouble): ReleaseLine {
  const word = { wrong: "wrong", unseen: "could not look", remark: "note" }[kind]
  return `  ${word}: ${target}: ${what} (${asCalls(next)})`
}

/** The command line's words as calls of the module. Abandoning is the command line's alone. */
function asCalls(next: string): string {
  return next
    .replaceAll("quillon release --resume", "dagger call release")
    .replaceAll(/quillon release(?! --)/g, "dagger call release")
    .replaceAll("quillon status", "dagger call status")
    .replaceAll("quillon plan", "dagger call plan")
}
