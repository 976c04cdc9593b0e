import { expect, test } from "vitest"
import { replacePart } from "../../bench/page.js"

test("the pipeline's part is put behind a page that has none, and the rest stays", () => {
  expect(replacePart("# Benchmarks\n\nA plan.\n", "New")).toBe(
    "# Benchmarks\n\nA plan.\n\n<!-- bench: pipeline -->\n\nNew\n\n<!-- /bench: pipeline -->\n",
  )
})

test("an earlier part is replaced where it stands", () => {
  const page = "# A\n<!-- bench: pipeline -->\nOld\n<!-- /bench: pipeline -->\n# B\n"
  expect(replacePart(page, "New")).toBe("# A\n<!-- bench: pipeline -->\n\nNew\n\n<!-- /bench: pipeline -->\n# B\n")
})
