import type { Io } from "../io.js"
import { widthOf } from "../style.js"

/** What stands for our own signs where a terminal has no others than those of ASCII; one cell each. */
const SIGNS: Readonly<Record<string, string>> = { "✓": "+", "✗": "x", "·": ".", "…": "~", "–": "-", "→": ">" }

const SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
const TURNING = "|/-\\"

/** False where the locale names a character set that is not Unicode's: `C`, `POSIX`, `de_DE`, `ru_RU.KOI8-R`. Pure. */
export function speaksUnicode({ LC_ALL, LC_CTYPE, LANG }: Io["env"]): boolean {
  const locale = [LC_ALL, LC_CTYPE, LANG].find((value) => value !== undefined && value !== "")
  // Where nothing is said, as in most containers, the terminal is one of today.
  return locale === undefined || /utf-?8/i.test(locale)
}

/** A line of the same width in ASCII; colours stay. Pure. */
export function asciiOf(line: string): string {
  return line.replace(/\P{ASCII}/gu, (sign) => {
    const turn = SPINNER.indexOf(sign)
    if (turn !== -1) return TURNING[turn % TURNING.length] ?? "*"
    return SIGNS[sign] ?? "?".repeat(widthOf(sign))
  })
}
