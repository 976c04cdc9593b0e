import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { afterAll, describe, expect, test } from "vitest"
import { unifiedDiff } from "../../../src/release/diff/unified.js"

const folder = mkdtempSync(join(tmpdir(), "quillon-diff-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test("an edit in the middle, with three lines around it", () => {
  const before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n"
  expect(unifiedDiff({ path: "a.txt", before, after: before.replace("5", "five") })).toBe(
    "diff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n",
  )
})

test("edits far apart are two hunks", () => {
  const before = Array.from({ length: 30 }, (_, index) => `${index}\n`).join("")
  const after = before.replace("\n2\n", "\ntwo\n").replace("\n25\n", "\ntwenty-five\n")
  expect(unifiedDiff({ path: "a", before, after }).match(/^@@ .*$/gm)).toEqual(["@@ -1,6 +1,6 @@", "@@ -23,7 +23,7 @@"])
})

test("a new file", () => {
  expect(unifiedDiff({ path: "n", after: "x\n" })).toBe(
    "diff --git a/n b/n\nnew file mode 100644\n--- /dev/null\n+++ b/n\n@@ -0,0 +1 @@\n+x\n",
  )
})

test("a line without an end says so", () => {
  expect(unifiedDiff({ path: "n", before: "1", after: "2" })).toContain(
    "-1\n\\ No newline at end of file\n+2\n\\ No newline at end of file\n",
  )
})

test("no edit is no patch", () => {
  expect(unifiedDiff({ path: "n", before: "a\n", after: "a\n" })).toBe("")
})

describe("git applies the patch", () => {
  function applied(before: string, after: string): string {
    const file = join(folder, "file.txt")
    writeFileSync(file, before)
    const input = unifiedDiff({ path: "file.txt", before, after })
    if (input !== "") execFileSync("git", ["apply", "--whitespace=nowarn", "-"], { cwd: folder, input })
    return readFileSync(file, "utf8")
  }

  test.each<[string, string, string]>([
    ["CRLF", "a\r\nb\r\nc\r\n", "a\r\nB\r\nc\r\n"],
    ["a line end that goes", "a\nb\n", "a\nb"],
    ["a line end that comes", "a\nb", "a\nb\n"],
    ["everything goes", "a\nb\n", ""],
    ["from nothing", "", "a\n"],
    ["a byte order mark", "\ufeffa\n", "\ufeffb\n"],
    ["a carriage return inside a line", "a\rb\nc\n", "a\rb\nd\n"],
  ])("%s", (_, before, after) => {
    expect(applied(before, after)).toBe(after)
  })

  test("whatever the texts are", () => {
    const text = fc
      .array(fc.constantFrom("a\n", "b\n", "c\n", "d\r\n", "\n", "long line\n"))
      .chain((lines) => fc.constantFrom("", "end").map((end) => lines.join("") + end))
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(applied(before, after)).toBe(after)
      }),
      { numRuns: 60 },
    )
  })
})
