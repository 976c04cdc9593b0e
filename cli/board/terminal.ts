import { stripVTControlCharacters } from "node:util"
import type { Output } from "../io.js"
import { widthOf } from "../style.js"

const HIDE_CURSOR = "\x1b[?25l"
const SHOW_CURSOR = "\x1b[?25h"
// Terminals that know synchronised output show a frame at once; the others ignore it.
const BEGIN_FRAME = "\x1b[?2026h"
const END_FRAME = "\x1b[?2026l"
const ERASE_LINE = "\x1b[K"
const ERASE_BELOW = "\x1b[J"

/** A block of lines at the bottom of a terminal that is redrawn in its place. */
export interface Block {
  /** Draws these lines over the ones before. No line may be wider than the terminal. */
  draw(lines: readonly string[]): void
  /** Leaves the last picture where it is and gives the cursor back. Can be called again. */
  release(): void
}

/** Takes the bottom of a terminal. Whoever takes it must {@link Block.release | release} it on every way out. */
export function takeBlock(output: Output): Block {
  let drawn: readonly string[] = []
  let held = false
  return {
    draw(lines) {
      const up = heightOf(drawn, columnsOf(output))
      const back = up === 0 ? "" : `\x1b[${up}A\r`
      const text = lines.map((line) => `${line}${ERASE_LINE}\n`).join("")
      output.write(`${held ? "" : HIDE_CURSOR}${BEGIN_FRAME}${back}${text}${ERASE_BELOW}${END_FRAME}`)
      held = true
      drawn = lines
    },
    release() {
      if (held) output.write(SHOW_CURSOR)
      held = false
    },
  }
}

/** Width of a terminal in cells; 80 where it does not say, as one that was never given a size. */
export function columnsOf({ columns }: Pick<Output, "columns">): number {
  return columns || 80
}

/** Lines that the picture takes now: a terminal that became narrower has wrapped the wide ones. */
function heightOf(lines: readonly string[], columns: number): number {
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(stripVTControlCharacters(line)) / columns)), 0)
}
