import { expect, test } from "vitest"
import { timelineOf } from "../../../cli/report-page/timeline.js"
import { cellReport, reportOf } from "../reports.js"

const at = (seconds: number) => new Date(Date.parse("2026-11-24T05:30:12.000Z") + seconds * 1000).toISOString()

const RUN = reportOf([
  cellReport({ stage: "lint", started: at(0), seconds: 9 }),
  cellReport({ stage: "resolve", started: at(0), seconds: 2 }),
  cellReport({ stage: "build", started: at(3), seconds: 4, after: ["resolve"] }),
  cellReport({ stage: "test", cell: "3.11", started: at(8), seconds: 5, after: ["build", "resolve"] }),
  cellReport({ stage: "image", outcome: "skipped", after: ["build"] }),
])

test("the critical path goes back from the cell that ended last over what each waited for longest", () => {
  const critical = timelineOf(RUN).filter((span) => span.critical)
  expect(critical.map(({ address }) => address)).toEqual(["resolve", "build", "test@3.11"])
})

test("a cell is ready when the last of what it takes has ended, and starts when its turn comes", () => {
  const span = timelineOf(RUN).find(({ address }) => address === "test@3.11")
  expect(span).toMatchObject({ ready: 7, start: 8, end: 13 })
})

test("what never ran has no place in time, and the rest stands in order", () => {
  expect(timelineOf(RUN).map(({ address }) => address)).toEqual(["resolve", "lint", "build", "test@3.11"])
})

test("cells that wait for each other do not hang it", () => {
  const circle = reportOf([
    cellReport({ stage: "a", started: at(0), after: ["b"] }),
    cellReport({ stage: "b", started: at(0), after: ["a"] }),
  ])
  expect(timelineOf(circle)).toHaveLength(2)
})
