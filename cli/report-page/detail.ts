import { cleanText } from "../../src/findings/clean-text.js"
import { type Html, html } from "./html.js"
import type { Room } from "./room.js"

const HEAD = 4_000
const TAIL = 12_000

/** Details on a page: each text once, and no more than there is room for. */
export interface Details {
  /** What a finding says besides its message, with the colours of pytest's assertion diffs. */
  show(text: string): Html
}

/** Details that refer to one that is the same, and to the report where there is no room. */
export function createDetails(room: Room): Details {
  const shown = new Map<string, string>()
  return {
    show(text) {
      const before = shown.get(text)
      if (before !== undefined) return html`<p class="quiet"><a href="#${before}">As above</a></p>`
      const short = shorten(text)
      if (!room.take(short.length * 1.3)) return html`<p class="quiet">Not on this page: report.json has it.</p>`
      const id = `detail-${shown.size + 1}`
      shown.set(text, id)
      return html`<pre id="${id}" tabindex="0"><code>${paintDetail(cleanText(short))}</code></pre>`
    },
  }
}

/** The beginning and the end of a text, which say most. */
function shorten(text: string): string {
  if (text.length <= HEAD + TAIL) return text
  const left = text.length - HEAD - TAIL
  return `${text.slice(0, HEAD)}\n… ${left} characters are in report.json …\n${text.slice(-TAIL)}`
}

/** A traceback with the failing line, the error, and what differs told apart. */
function paintDetail(text: string): readonly Html[] {
  return text.split("\n").map((line) => {
    const kind = kindOfLine(line)
    return kind === undefined ? html`${line}\n` : html`<span class="${kind}">${line}</span>\n`
  })
}

function kindOfLine(line: string): string | undefined {
  if (/^>/.test(line)) return "at"
  if (/^E\s+\+ ?(?!\s*where |\s*and )/.test(line)) return "add"
  if (/^E\s+-/.test(line)) return "del"
  if (/^E\s+\?/.test(line)) return "hint"
  if (/^E\s/.test(line)) return "error"
  if (/^-{2,} .* -{2,}$/.test(line)) return "head"
  if (line.startsWith("+")) return "add"
  if (line.startsWith("-")) return "del"
  if (line.startsWith("@@")) return "hint"
  return undefined
}
