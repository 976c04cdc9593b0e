import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { readLogs } from "../../cli/log-lines.js"
import { createEventSplitter } from "../../cli/server-sent-events.js"

/** Recorded from `GET /v1/logs` of a Dagger 0.21.7 session: a step that printed three lines, a second apart, and more. */
const TRANSCRIPT = readFileSync(join(import.meta.dirname, "../transcripts/logs/printed.sse"), "utf8")
const STEP = "hTtyLW6GqZs="

test("what a step prints comes under the step's span, the newest line of a batch", () => {
  const batches = createEventSplitter()(TRANSCRIPT).filter(({ event }) => event === "logs")
  const lines = batches.flatMap(({ data }) => readLogs(data)).filter(({ span }) => span === STEP)
  expect(lines.map(({ line }) => line.replace(/\d{6,}/, "N"))).toEqual(["line-1-N", "line-2-N", "line-3-N", "err"])
})

test("an end of a stream is no line", () => {
  const record = { spanId: "s", body: { stringValue: " \n" } }
  expect(readLogs(JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] }))).toEqual([])
})
