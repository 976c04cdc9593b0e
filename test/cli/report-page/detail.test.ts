import { expect, test } from "vitest"
import { createDetails } from "../../../cli/report-page/detail.js"
import { createRoom } from "../../../cli/report-page/room.js"

test.each([
  ["the failing line", ">       assert a == b", "at"],
  ["the error", "E       AssertionError: no", "error"],
  ["what is missing", "E         - expected", "del"],
  ["what is too much", "E         + got", "add"],
  ["where they differ", "E         ?   ^^", "hint"],
  ["pytest's explanation, which is no diff", "E        +  where None = f()", "error"],
  ["the head of captured output", "--- Captured stdout call ---", "head"],
])("%s is told apart", (_, line, kind) => {
  expect(createDetails(createRoom(1000)).show(line).markup).toContain(`<span class="${kind}">`)
})

test("the same details are shown once", () => {
  const details = createDetails(createRoom(1000))
  details.show("one broken fixture")
  expect(details.show("one broken fixture").markup).toBe('<p class="quiet"><a href="#detail-1">As above</a></p>')
})

test("details without room are left to the report", () => {
  expect(createDetails(createRoom(10)).show("x".repeat(100)).markup).toContain("report.json")
})

test("of long details the beginning and the end are shown", () => {
  const { markup } = createDetails(createRoom(100_000)).show(`first${"x".repeat(50_000)}last`)
  expect(markup).toContain("first")
  expect(markup).toContain("last")
  expect(markup.length).toBeLessThan(20_000)
})
