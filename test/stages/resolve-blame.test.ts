import { expect, test } from "vitest"
import { invalidRequirement, placeOfRequirement, versionControlled } from "../../src/stages/resolve-blame.js"
import { projectWith } from "./transcripts.js"

const requiring = (...texts: readonly string[]) => {
  const runtime = texts.map((text, index) => ({
    kind: "requirement" as const,
    text,
    origin: { file: "pyproject.toml", line: 11 + index },
  }))
  return projectWith({ dependencies: { ...projectWith().dependencies, runtime } })
}

// What uv 0.13.9 printed for this line.
const UNPARSED = `error: Couldn't parse requirement in \`/tmp/quillon/test.in\` at position 0
  cause: no such comparison operator "=>=", must be one of ~= == != <= >= < > ===
         six =>= 1
             ^^^^^
`

test("a requirement that is none is a finding where it stands", () => {
  expect(invalidRequirement(requiring("attrs", "six =>= 1"), UNPARSED)).toMatchObject({
    rule: "invalid-requirement",
    file: "pyproject.toml",
    line: 12,
    message: expect.stringContaining('"six =>= 1" is no requirement: no such comparison operator "=>="'),
  })
})

test("another complaint of uv blames no requirement", () => {
  expect(invalidRequirement(requiring("six =>= 1"), "error: Failed to fetch six")).toBeUndefined()
})

test.each(["six @ git+https://example.org/six.git@1.16.0", "git+ssh://git@example.org/six.git#egg=six"])(
  "%s is told with its place, and what to do in its stead",
  (text) => {
    expect(versionControlled(requiring(text))).toMatchObject({
      kind: "errored",
      reason: expect.stringMatching(/^pyproject\.toml:11: .*comes from version control/),
      next: expect.stringContaining("archive"),
    })
  },
)

test("a release is not from version control", () => {
  expect(versionControlled(requiring("gitpython>=3", "x @ https://example.org/x.tar.gz"))).toBeUndefined()
})

test("the requirement that an explanation names is told with its place", () => {
  const because = "Because only six==1 is available and you require six>99, we can conclude"
  expect(placeOfRequirement(requiring("attrs", "six>99"), because)).toEqual({ file: "pyproject.toml", line: 12 })
  expect(placeOfRequirement(requiring("attrs"), because)).toEqual({})
})
