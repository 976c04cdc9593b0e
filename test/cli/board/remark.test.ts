import { expect, test } from "vitest"
import { remarkOn } from "../../../cli/board/remark.js"
import { cellReport, finding } from "../reports.js"

test.each([
  ["nothing where nothing was found", [], ""],
  ["what is below the gate", [finding()], "1 finding below the gate"],
  ["what the baseline has", [finding({ baselined: "f1" })], "1 in the baseline"],
  ["both, counted apart", [finding(), finding({ baselined: "f1" })], "1 finding below the gate, 1 in the baseline"],
])("behind a cell that passed stands %s", (_, findings, expected) => {
  expect(remarkOn(cellReport({ findings }))).toBe(expected)
})
