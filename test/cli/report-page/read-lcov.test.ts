import { expect, test } from "vitest"
import { readLcov } from "../../../cli/report-page/read-lcov.js"

const TRACE = `SF:src/a.py
DA:1,1
DA:3,0
DA:4,0
DA:7,0
DA:9,2
DA:10,0
LF:6
LH:2
BRDA:1,0,jump to line 3,0
BRDA:1,0,jump to line 9,1
BRDA:9,0,jump to line 10,-
end_of_record
SF:src/b.py
DA:1,1
end_of_record
`

test("lines that no test ran are ranges over those that can run", () => {
  expect(readLcov(TRACE)[0]).toEqual({
    file: "src/a.py",
    lines: 6,
    covered: 2,
    missing: [
      [3, 7],
      [10, 10],
    ],
    missedBranches: 2,
  })
})

test("a file that is covered whole misses nothing", () => {
  expect(readLcov(TRACE)[1]).toMatchObject({ file: "src/b.py", missing: [], missedBranches: 0 })
})

test("what is no trace file has no files", () => {
  expect(readLcov("<html>")).toEqual([])
})
