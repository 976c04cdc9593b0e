import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { addRelease, fillReleases, readChangelog, unreleasedText } from "../../src/release/changelog.js"

const section = "## 1.3.0 (2026-11-24)\n\n### Features\n\n* a\n"

describe("a new release is put above the others", () => {
  test.each<[string, string | undefined, string]>([
    ["there is no file", undefined, `# Changelog\n\n${section}`],
    ["the file is empty", "", section],
    [
      "below the words at the top",
      "# Changes\n\nAll of them.\n\n## 1.2.0\n\n* b\n",
      `# Changes\n\nAll of them.\n\n${section}\n## 1.2.0\n\n* b\n`,
    ],
    ["without a blank line", "# Changes\n## v1.2.0\n* b", `# Changes\n\n${section}\n## v1.2.0\n* b`],
    ["without releases", "# Changes\nBegins here.", `# Changes\nBegins here.\n\n${section}`],
    [
      "text that was not released goes with it",
      "# Changes\n\n## [Unreleased]\n\nMind the gap.\n\n## [1.2.0] - 2026-01-01\n",
      "# Changes\n\n## [Unreleased]\n\n## 1.3.0 (2026-11-24)\n\nMind the gap.\n\n### Features\n\n* a\n\n## [1.2.0] - 2026-01-01\n",
    ],
    ["an empty heading for it stays", "## Unreleased\n\n## 1.2.0\n", `## Unreleased\n\n${section}\n## 1.2.0\n`],
    [
      "a heading in code is none",
      "# C\n\n```\n## 9.9.9\n```\n\n## 1.2.0\n",
      `# C\n\n\`\`\`\n## 9.9.9\n\`\`\`\n\n${section}\n## 1.2.0\n`,
    ],
    ["CRLF stays", "# C\r\n\r\n## 1.2.0\r\n", `# C\r\n\r\n${section.replaceAll("\n", "\r\n")}\r\n## 1.2.0\r\n`],
  ])("%s", (_, text, expected) => {
    expect(addRelease(text, section)).toBe(expected)
  })
})

test.each([
  ["## 1.2.0", "1.2.0"],
  ["## [1.2.0](https://example.org) (2026-01-01)", "1.2.0"],
  ["# v1.2", "1.2"],
  ["### Version 1.2.0rc1", "1.2.0rc1"],
  ["## 1.2.0-rc.1 - today", "1.2.0-rc.1"],
  ["## [UNRELEASED]", "unreleased"],
])("%s is the heading of a release", (heading, name) => {
  expect(readChangelog(`${heading}\n`).sections.map((each) => each.name)).toEqual([name])
})

test.each(["## 1", "## Python 3.13", "## Unreleasedness", "1.2.0", "##1.2.0", "#### 1.2.0"])("%s is none", (line) => {
  expect(readChangelog(`${line}\n`).sections).toEqual([])
})

test("hand-written text is found with either line end", () => {
  expect(unreleasedText("## Unreleased\r\n\r\na\r\nb\r\n\r\n## 1.0.0\r\nc\r\n")).toBe("a\nb")
})

describe("filling in what is missing", () => {
  const made = ["2.0.0", "1.1.0", "1.0.0"].map((name) => ({ name, text: `## ${name}\n\n* made\n` }))

  test("a file from nothing", () => {
    const text = "# Changelog\n\n## 2.0.0\n\n* made\n\n## 1.1.0\n\n* made\n\n## 1.0.0\n\n* made\n"
    expect(fillReleases(undefined, made)).toBe(text)
  })

  test("only what is missing, where it belongs; what was written by hand stays", () => {
    const text = "# C\n\nHello.\n\n## 2.0.0\n\nBy hand.\n\n## 1.0.0\n\nBy hand, too.\n"
    expect(fillReleases(text, made)).toBe(
      "# C\n\nHello.\n\n## 2.0.0\n\nBy hand.\n\n## 1.1.0\n\n* made\n\n## 1.0.0\n\nBy hand, too.\n",
    )
  })

  test("below what is not released, above what it does not know", () => {
    expect(fillReleases("## Unreleased\n\nx\n\n## 0.9.0\n\nold\n", made.slice(2))).toBe(
      "## Unreleased\n\nx\n\n## 1.0.0\n\n* made\n\n## 0.9.0\n\nold\n",
    )
  })

  test("a second time changes nothing", () => {
    const once = fillReleases("# C\n\n## 1.1.0\n\nBy hand.\n", made)
    expect(fillReleases(once, made)).toBe(once)
  })
})

test("a file taken apart is the same when it is joined", () => {
  const line = fc.constantFrom(
    "# C\n",
    "## 1.2.0\n",
    "## Unreleased\r\n",
    "```\n",
    "text\n",
    "\r\n",
    "~~~",
    "## v2.0.0",
  )
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const text = lines.join("")
      const { preamble, sections } = readChangelog(text)
      expect(preamble + sections.map((each) => each.text).join("")).toBe(text)
    }),
  )
})

test("every line that was there is there after a release", () => {
  const line = fc.constantFrom("# C", "## 1.2.0", "## 1.1.0", "text", "", "* item", "## Unreleased")
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const before = lines.join("\n")
      const after = addRelease(before, section).split("\n")
      const kept = before.split("\n").filter((each) => each !== "" && each !== "## Unreleased")
      for (const each of kept) expect(after).toContain(each)
    }),
  )
})
