import { expect, test } from "vitest"
import { paintDiff } from "../../cli/paint-diff.js"
import type { Style } from "../../cli/style.js"

const named = (name: string) => (text: string) => `<${name}>${text}`
const style: Style = {
  good: named("good"),
  bad: named("bad"),
  unsure: named("unsure"),
  quiet: named("quiet"),
  strong: named("strong"),
  running: named("running"),
}

test("what was added, removed and left looks different, and file names are no change", () => {
  const diff = ["--- a/x", "+++ b/x", "@@ -1,2 +1,2 @@", " kept", "-gone", "+new"].join("\n")
  expect(paintDiff(diff, style).split("\n")).toEqual([
    "<strong>--- a/x",
    "<strong>+++ b/x",
    "<running>@@ -1,2 +1,2 @@",
    " kept",
    "<bad>-gone",
    "<good>+new",
  ])
})
