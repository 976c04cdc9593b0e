import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { createEventSplitter } from "../../cli/server-sent-events.js"
import { readSpans, type SpanNews } from "../../cli/spans.js"

const TRANSCRIPTS = join(import.meta.dirname, "../transcripts/spans")

/** Recorded from `GET /v1/traces` of a Dagger 0.21.7 session: two steps that ran, and the same two from the cache. */
function transcript(name: string): readonly SpanNews[] {
  const events = createEventSplitter()(readFileSync(join(TRANSCRIPTS, name), "utf8"))
  return events.filter(({ event }) => event === "spans").flatMap(({ data }) => readSpans(data))
}

const stepsOf = (news: readonly SpanNews[]) => news.filter((one) => one.kind === "step")

describe("readSpans", () => {
  test("finds the steps of cells by the mark among their arguments", () => {
    const steps = stepsOf(transcript("executed.sse"))
    expect([...new Set(steps.map(({ address, command }) => `${address} ${command}`))]).toEqual([
      "test@3.11 pytest",
      "lint check",
    ])
  })

  test("tells the beginning of a step from its end", () => {
    const ended = stepsOf(transcript("executed.sse")).map((step) => step.ended)
    expect(ended).toEqual([false, true, false, true])
  })

  test("a step that ran is not cached", () => {
    expect(stepsOf(transcript("executed.sse")).some(({ cached }) => cached)).toBe(false)
  })

  test("a step that the engine remembered is cached once it ended", () => {
    const ended = stepsOf(transcript("cached.sse")).filter((step) => step.ended)
    expect(ended.map(({ address, cached }) => [address, cached])).toEqual([
      ["test@3.11", true],
      ["lint", true],
    ])
  })

  test("the same step has the same digest in both sessions, another step another one", () => {
    const digests = (name: string) => [...new Set(stepsOf(transcript(name)).map(({ digest }) => digest))]
    expect(digests("executed.sse")).toHaveLength(2)
    expect(digests("cached.sse")[0]).toBe(digests("executed.sse")[0])
  })

  test("sees files being uploaded", () => {
    expect(transcript("executed.sse").filter(({ kind }) => kind === "upload")).toHaveLength(2)
  })

  test("names the image that is pulled", () => {
    const call = Buffer.concat([
      Buffer.from([0x22, 0x1d, 0x0a, 7]),
      Buffer.from("address"),
      Buffer.from([0x12, 18, 0x3a, 16]),
      Buffer.from("python:3.11-slim"),
    ])
    const data = JSON.stringify({
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: [
                {
                  name: "Container.from",
                  endTimeUnixNano: "11651379494838206464",
                  attributes: [{ key: "dagger.io/dag.call", value: { stringValue: call.toString("base64") } }],
                },
              ],
            },
          ],
        },
      ],
    })
    expect(readSpans(data)).toEqual([{ kind: "pull", image: "python:3.11-slim", ended: false }])
  })

  test("leaves out what means nothing to us", () => {
    expect(readSpans('{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"POST /query"}]}]}]}')).toEqual([])
    expect(readSpans("{}")).toEqual([])
  })
})
