import { expect, test } from "vitest"
import { exitCodeOfError, exitCodeOfRun } from "../../cli/exit-code.js"
import { QuillonError } from "../../src/errors.js"
import type { Report } from "../../src/pipeline/report.js"

test.each<[Report["outcome"], boolean, number]>([
  ["passed", false, 0],
  ["skipped", false, 0],
  ["failed", false, 1],
  ["errored", false, 2],
  ["passed", true, 130],
  ["failed", true, 130],
])("a run that %s (interrupted: %s) ends with %i", (outcome, interrupted, code) => {
  expect(exitCodeOfRun({ report: { outcome }, interrupted })).toBe(code)
})

test.each([
  ["wrong usage", new QuillonError({ code: "X", message: "x", next: "y", kind: "usage" }), 64],
  ["no engine", new QuillonError({ code: "X", message: "x", next: "y", kind: "environment" }), 2],
  ["a bug", new TypeError("x"), 2],
])("%s ends the program", (_name, error, code) => {
  expect(exitCodeOfError(error)).toBe(code)
})
