import { holderName } from "../journal/holder.js"
import type { ActStop } from "./act-end.js"
import type { ReleaseEnd } from "./release-end.js"

const RESUME = "quillon release --resume"

/** How a release ended, in a person's words. */
export interface SaidEnd {
  readonly tone: "good" | "unsure" | "bad"
  /** The one word that says it. */
  readonly word: string
  /** The rest of the line, with what stands between. */
  readonly rest: string
  /** What to type or do next. */
  readonly next?: string
}

/** Says how a release ended, in one line, and the next thing to type where there is one. Pure. */
export function sayEnd(end: ReleaseEnd): SaidEnd {
  switch (end.kind) {
    case "released":
      return { tone: "good", word: "released", rest: ` ${end.version}: every target was seen to have it` }
    case "already-released":
      return { tone: "good", word: "released before", rest: ` ${end.version}: nothing was written` }
    case "refused": {
      const count = end.troubles.filter(({ kind }) => kind !== "remark").length
      const things = count === 1 ? "1 thing" : `${count} things`
      return { tone: "bad", word: "refused", rest: `: ${things} in the way; nothing was written` }
    }
    case "held": {
      const rest = ` by ${holderName(end.holder)}, who wrote last at ${end.written}`
      const next =
        end.fate === "alive"
          ? "it is running; wait for its end"
          : `${RESUME} --take-over, once you know that it has ended`
      return { tone: "unsure", word: "held", rest, next }
    }
    case "nothing":
      return { tone: "unsure", word: "nothing to carry on with", rest: `: ${end.why}`, next: end.next }
    case "withdrawn":
      return { tone: "bad", word: "withdrawn", rest: `: ${end.why}; readers saw nothing of it`, next: end.next }
    case "abandoned": {
      const rest = ` ${end.version}: ${[end.why, "what was published stays", ...end.left].join("; ")}`
      return { tone: "unsure", word: "abandoned", rest, next: "quillon plan tells the next version" }
    }
    case "stopped": {
      const { word, why, next } = sayStop(end.stop)
      const rest = ` at ${end.step}, ${end.permanent ? "after the push" : "before the push"}: ${why}`
      return { tone: word === "waiting" ? "unsure" : "bad", word, rest, next }
    }
  }
}

function sayStop(stop: ActStop): { readonly word: string; readonly why: string; readonly next: string } {
  switch (stop.kind) {
    case "conflict":
    case "moved":
      return { word: "conflict", why: stop.detail, next: "quillon status tells what stands where" }
    case "burnt":
      return { word: "burnt", why: stop.detail, next: 'quillon release --abandon --because "…", then the next version' }
    case "waiting":
      return { word: "waiting", why: `until ${stop.until}`, next: RESUME }
    case "failed":
      return {
        word: "failed",
        why: stop.why,
        next: stop.next.includes(RESUME) ? stop.next : `${stop.next}; then ${RESUME}`,
      }
    case "unheld":
      return { word: "stopped", why: stop.why, next: "quillon status tells who, and how far it is" }
  }
}
