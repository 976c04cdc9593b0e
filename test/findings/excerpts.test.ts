import { expect, test } from "vitest"
import { withExcerpts } from "../../src/findings/excerpts.js"
import type { Finding } from "../../src/findings/finding.js"

const FILE = "one\ntwo\r\nthree\nfour\nfive\nsix"

function finding(differs: Partial<Finding>): Finding {
  return { tool: "ruff", rule: "F401", severity: "error", file: "a.py", message: "m", fingerprint: "f", ...differs }
}

async function excerptOf(differs: Partial<Finding>, text: string | undefined = FILE) {
  const [found] = await withExcerpts([finding(differs)], async () => text)
  return found?.excerpt
}

test.each([
  ["in the middle", 4, { first: 2, lines: ["two", "three", "four", "five", "six"] }],
  ["on the first line", 1, { first: 1, lines: ["one", "two", "three"] }],
  ["on the last line", 6, { first: 4, lines: ["four", "five", "six"] }],
  ["after the end of the file", 7, undefined],
])("a finding %s has the lines around it", async (_, line, excerpt) => {
  expect(await excerptOf({ line })).toEqual(excerpt)
})

test.each([
  ["without a line", {}],
  ["with details of its own", { line: 2, detail: "a traceback" }],
  ["that the baseline has", { line: 2, baselined: "f" }],
  ["in a notebook", { line: 2, file: "a.ipynb" }],
] satisfies [string, Partial<Finding>][])("a finding %s has no excerpt", async (_, differs) => {
  expect(await excerptOf(differs)).toBeUndefined()
})

test("a file that can't be read gives no excerpt", async () => {
  const [found] = await withExcerpts([finding({ line: 1 })], async () => undefined)
  expect(found).not.toHaveProperty("excerpt")
})

test("a line that a program made is cut", async () => {
  expect((await excerptOf({ line: 1 }, "x".repeat(5000)))?.lines).toEqual(["x".repeat(200)])
})

test("of very many findings the first have excerpts", async () => {
  const many = Array.from({ length: 300 }, () => finding({ line: 1 }))
  const found = await withExcerpts(many, async () => FILE)
  expect(found.filter(({ excerpt }) => excerpt !== undefined)).toHaveLength(200)
})
