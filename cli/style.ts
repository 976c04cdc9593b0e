import { eastAsianWidth } from "get-east-asian-width"
import { createColors } from "picocolors"

/** Colours by what they mean, so that the board and the plain log agree. */
export interface Style {
  good(text: string): string
  bad(text: string): string
  unsure(text: string): string
  quiet(text: string): string
  strong(text: string): string
  running(text: string): string
}

/** A style that colours, or one that leaves text as it is. */
export function createStyle({ colour }: { readonly colour: boolean }): Style {
  const c = createColors(colour)
  return { good: c.green, bad: c.red, unsure: c.yellow, quiet: c.dim, strong: c.bold, running: c.cyan }
}

/** Printable ASCII, of which each character takes one cell. */
const ASCII = /^[ -~]*$/
/** What takes no cell of its own: combining marks, joiners, variation selectors, controls. */
const NO_CELL = /^[\p{M}\p{Cc}\p{Cf}]$/u
const EMOJI = /^\p{Emoji_Presentation}$/u

/** Cells that plain text takes on a terminal. */
export function widthOf(text: string): number {
  if (ASCII.test(text)) return text.length
  let width = 0
  for (const character of text) {
    if (NO_CELL.test(character)) continue
    width += EMOJI.test(character) ? 2 : eastAsianWidth(character.codePointAt(0) ?? 0)
  }
  return width
}

/** Plain text padded to a width. */
export function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)))
}

/** Plain text padded on its left to a width. */
export function padLeft(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - widthOf(text))) + text
}

/** Plain text cut to a width, with an ellipsis where something was cut. */
export function truncate(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  if (width < 1) return ""
  let cut = ""
  let used = 0
  for (const character of text) {
    used += widthOf(character)
    if (used > width - 1) break
    cut += character
  }
  return `${cut}…`
}
