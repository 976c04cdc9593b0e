import type { ActStop } from "../../src/release/execute/act-end.js"
import type { ReleaseEnd } from "../../src/release/execute/release-end.js"
import { holderName } from "../../src/release/journal/holder.js"
import { plural } from "../board/remark.js"
import { neutraliseLine } from "../neutralise.js"
import type { Style } from "../style.js"

const RESUME = "quillon release --resume"

/** How a release ended, in a line, and the next thing to type where there is one. Pure. */
export function endText(end: ReleaseEnd, style: Style): string {
  const { said, next } = sayEnd(end, style)
  const lines = [said, ...(next === undefined ? [] : [`  ${style.quiet(neutraliseLine(next))}`])]
  return `${lines.join("\n")}\n`
}

interface Said {
  readonly said: string
  readonly next?: string
}

function sayEnd(end: ReleaseEnd, style: Style): Said {
  switch (end.kind) {
    case "released":
      return { said: `${style.good("released")} ${end.version}: every target was seen to have it` }
    case "already-released":
      return { said: `${style.good("released before")} ${end.version}: nothing was written` }
    case "refused": {
      const count = end.troubles.filter(({ kind }) => kind !== "remark").length
      return { said: `${style.bad("refused")}: ${plural(count, "thing")} in the way; nothing was written` }
    }
    case "held": {
      const who = neutraliseLine(holderName(end.holder))
      const said = `${style.unsure("held")} by ${who}, who wrote last at ${end.written}`
      if (end.fate === "alive") return { said, next: "it is running; wait for its end" }
      return { said, next: `${RESUME} --take-over, once you know that it has ended` }
    }
    case "nothing":
      return { said: `${style.unsure("nothing to carry on with")}: ${neutraliseLine(end.why)}`, next: end.next }
    case "withdrawn": {
      const why = neutraliseLine(end.why)
      return { said: `${style.bad("withdrawn")}: ${why}; readers saw nothing of it`, next: end.next }
    }
    case "abandoned": {
      const left = end.left.map((line) => `; ${neutraliseLine(line)}`).join("")
      const said = `${style.unsure("abandoned")} ${end.version}: ${neutraliseLine(end.why)}; what was published stays${left}`
      return { said, next: "quillon plan tells the next version" }
    }
    case "stopped": {
      const { word, why, next } = sayStop(end.stop)
      const where = end.permanent ? "after the push" : "before the push"
      const paint = word === "waiting" ? style.unsure : style.bad
      return { said: `${paint(word)} at ${end.step}, ${where}: ${neutraliseLine(why)}`, next }
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
