import type { ReleaseEnd } from "../../src/release/execute/release-end.js"
import { sayEnd } from "../../src/release/execute/say-end.js"
import { neutraliseLine } from "../neutralise.js"
import type { Style } from "../style.js"

/** How a release ended, in a line, and the next thing to type where there is one. Pure. */
export function endText(end: ReleaseEnd, style: Style): string {
  const { tone, word, rest, next } = sayEnd(end)
  const line = `${style[tone](word)}${neutraliseLine(`${word}${rest}`).slice(word.length)}`
  return next === undefined ? `${line}\n` : `${line}\n  ${style.quiet(neutraliseLine(next))}\n`
}
