import { expect, test } from "vitest"
import { diffText } from "../../../cli/fix/diff-text.js"
import { createStyle } from "../../../cli/style.js"

const fix = (path: string, before: string, after: string) => ({
  path,
  before: Buffer.from(before),
  after: Buffer.from(after),
})
const plain = createStyle({ colour: false })

test("the change is a unified diff of each file", () => {
  expect(diffText([fix("a.py", "import os\nx=1\n", "x = 1\n")], plain)).toBe(
    ["diff --git a/a.py b/a.py", "--- a/a.py", "+++ b/a.py", "@@ -1,2 +1 @@", "-import os", "-x=1", "+x = 1", ""].join(
      "\n",
    ),
  )
})

test("removed and added lines have colours of their own", () => {
  const text = diffText([fix("a.py", "a\n", "b\n")], createStyle({ colour: true }))
  expect(text).toContain("\u001b[31m-a")
  expect(text).toContain("\u001b[32m+b")
})

test("nothing in a file acts on a terminal", () => {
  const text = diffText([fix("a.py", "x\n", "x = '\u001b[2J\u0007'\n")], plain)
  expect(text).toContain("+x = ''")
  expect(text).not.toContain("\u001b")
})
