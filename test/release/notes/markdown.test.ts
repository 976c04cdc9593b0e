import { expect, test } from "vitest"
import { paragraphsMarkdown, subjectMarkdown } from "../../../src/release/notes/markdown.js"

const forge = { kind: "github", url: "https://github.com/ada/engine" } as const

test.each([
  ["plain words", "plain words"],
  ["handle __init__ well", "handle \\_\\_init\\_\\_ well"],
  ["a snake_case name", "a snake_case name"],
  ["take *args and **kwargs", "take \\*args and \\*\\*kwargs"],
  ["Generic<T> and <script>", "Generic\\<T> and \\<script>"],
  ["the @property of a class", "the `@property` of a class"],
  ["write to ada@example.org", "write to ada@example.org"],
  ["pin actions/cache@v4", "pin actions/cache@v4"],
  ["keep `__init__` and `@x` and `#1`", "keep `__init__` and `@x` and `#1`"],
  ["an unclosed ` tick *", "an unclosed ` tick \\*"],
  ["[text](https://example.org)", "\\[text](https://example.org)"],
  ["a list[int]", "a list[int]"],
  ["close it (#12)", "close it ([#12](https://github.com/ada/engine/issues/12))"],
  ["the colour #ff0000 and C#7 and o/r#3", "the colour #ff0000 and C#7 and o/r#3"],
  ["C:\\temp", "C:\\\\temp"],
])("%s", (subject, expected) => {
  expect(subjectMarkdown(subject, forge)).toBe(expected)
})

test("without a forge an issue is no link", () => {
  expect(subjectMarkdown("close it (#12)", null)).toBe("close it (#12)")
})

test("paragraphs are indented below their list item", () => {
  expect(paragraphsMarkdown("one\ntwo\n\n*three*", null)).toBe("one\n  two\n\n  \\*three\\*")
})
