import { expect, test } from "vitest"
import { listsOfTests, readListedTests } from "../../src/findings/listed-tests.js"
import { cellReport, reportOf } from "../cli/reports.js"

test("a list is read line by line, without one that was cut off", () => {
  const text = '["t.py::test_a", "passed", 0.5]\n["t.py::test_b", "exploded", 0]\n["t.py::test_c", "skip'
  expect(readListedTests(text)).toEqual([{ test: "t.py::test_a", outcome: "passed", seconds: 0.5 }])
})

test("the lists of a run are found by the cells that left them", () => {
  const path = "artifacts/test@3.11/test-results/tests.jsonl"
  const kept = [{ path, kind: "test-results", bytes: 1, sha256: "0".repeat(64) }]
  const report = reportOf([cellReport(), cellReport({ stage: "test", cell: "3.11", artifacts: kept })])
  expect(listsOfTests(report)).toEqual({ "test@3.11": path })
})
