import { expect, test } from "vitest"
import { createEventSplitter } from "../../cli/server-sent-events.js"

test("an event that comes in pieces is told when it is whole", () => {
  const split = createEventSplitter()
  expect(split("id: 1\nevent: spa")).toEqual([])
  expect(split('ns\ndata: {"a":1}\n')).toEqual([])
  expect(split("\nid: 2\n")).toEqual([{ id: "1", event: "spans", data: '{"a":1}' }])
})

test("lines of data are joined, and other line ends are read too", () => {
  const split = createEventSplitter()
  expect(split("data: a\r\ndata: b\r\n\r\n")).toEqual([{ id: "", event: "message", data: "a\nb" }])
})
