import { expect, test } from "vitest"
import { asciiOf, speaksUnicode } from "../../../cli/board/ascii.js"
import { widthOf } from "../../../cli/style.js"

test.each([
  [{ LANG: "C.UTF-8" }, true],
  [{ LANG: "en_US.utf8" }, true],
  [{}, true],
  [{ LANG: "" }, true],
  [{ LANG: "C" }, false],
  [{ LANG: "POSIX" }, false],
  [{ LANG: "ru_RU.KOI8-R" }, false],
  [{ LC_ALL: "C", LANG: "de_DE.UTF-8" }, false],
  [{ LC_CTYPE: "de_DE.UTF-8", LANG: "C" }, true],
] as const)("the locale of %j speaks Unicode: %s", (env, unicode) => {
  expect(speaksUnicode(env)).toBe(unicode)
})

test.each(["✓ lint · cached…", "⠹ a → b", "漢字", "\u001b[32m✓\u001b[39m é"])(
  "%j keeps its width and its colours in ASCII",
  (line) => {
    const ascii = asciiOf(line)
    expect(ascii).toMatch(/^\p{ASCII}*$/u)
    expect(widthOf(ascii)).toBe(widthOf(line))
  },
)

test("outcomes stay apart", () => {
  expect(asciiOf("✓✗!-·")).toBe("+x!-.")
})
