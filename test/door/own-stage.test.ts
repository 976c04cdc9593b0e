import type { Container } from "@dagger.io/dagger"
import { describe, expect, it } from "vitest"
import { type OwnStageData, stageOfData } from "../../src/door/own-stage.js"
import type { Execution, Exit } from "../../src/pipeline/command.js"
import type { ReadContext, StageContext } from "../../src/pipeline/stage.js"

const CONTAINER = {} as Container
const PATH = "/tmp/report"
const JUNIT = '<testsuite><testcase name="a"><failure message="no"/></testcase><testcase name="b"/></testsuite>'

function data(more: Partial<OwnStageData> = {}): OwnStageData {
  return { name: "docs", container: CONTAINER, args: ["make", "docs"], reports: [], root: "/work", ...more }
}

interface End {
  readonly exit?: Exit
  readonly reports?: Readonly<Record<string, string>>
}

function read(given: Partial<OwnStageData>, { exit = { kind: "exited", code: 0 }, reports = {} }: End) {
  const text = { tail: "said\n", bytes: 5, truncated: false }
  const execution: Execution = {
    ...{ command: "run", argv: ["make", "docs"], exit, seconds: 1, started: 0, peakMemoryBytes: 0 },
    ...{ stdout: text, stderr: { ...text, tail: "" }, reports, kept: {} },
  }
  return stageOfData(data(given)).read([execution], {} as ReadContext)
}

const failing: Exit = { kind: "exited", code: 2 }

describe("a stage as data", () => {
  it("runs its arguments in its container and keeps its reports", () => {
    const commands = stageOfData(data({ reports: [PATH], format: "junit" })).commands({} as StageContext, { key: "" })
    expect(commands).toEqual([
      { name: "run", container: CONTAINER, argv: ["make", "docs"], reports: [{ name: PATH, path: PATH }] },
    ])
  })

  it.each([
    [undefined, { kind: "pure" }],
    ["pure", { kind: "pure" }],
    ["effect", { kind: "effect" }],
    ["3600", { kind: "observe", ttl: 3600 }],
  ])("with --cache %s is remembered as %o", (cache, expected) => {
    expect(stageOfData(data(cache === undefined ? {} : { cache })).cache).toEqual(expected)
  })

  it.each<[string, Partial<OwnStageData>, RegExp]>([
    ["no program", { args: [] }, /no --args/],
    ["an unknown format", { format: "tap" }, /--format is "tap"/],
    ["a relative report", { reports: ["out.xml"], format: "junit" }, /has "out\.xml"/],
    ["reports of no format", { reports: [PATH] }, /no format/],
    ["a format without reports", { format: "sarif" }, /no --reports/],
    ["another cache policy", { cache: "1h" }, /--cache of stage "docs" is "1h"/],
    ["a time of nothing", { cache: "0" }, /--cache/],
  ])("with %s is refused", (_, given, message) => {
    expect(() => stageOfData(data(given))).toThrow(message)
  })
})

describe("what a stage as data came to", () => {
  it("without a format is its exit code", () => {
    expect(read({}, {})).toMatchObject({ kind: "looked", findings: [] })
    expect(read({}, { exit: failing })).toMatchObject({
      findings: [{ tool: "docs", rule: "exit-code", message: "make docs ended with exit code 2", detail: "said" }],
    })
  })

  it("with JUnit are its counts and its failures", () => {
    const given = { reports: [PATH, "/tmp/other"], format: "junit" }
    expect(read(given, { exit: failing, reports: { [PATH]: JUNIT, "/tmp/other": JUNIT } })).toMatchObject({
      measures: { tests: { passed: 2, failed: 2, skipped: 0, errors: 0, xfailed: 0, xpassed: 0 } },
      findings: [{ rule: "failed" }],
    })
  })

  it("with lines are those of its standard output", () => {
    const reading = read({ format: "lines" }, { reports: { stdout: "/work/a.py:1: no\n/etc/x:1: far\n" } })
    expect(reading).toMatchObject({ findings: [{ message: "/etc/x: far" }, { file: "a.py", line: 1, message: "no" }] })
  })

  it.each<[string, Partial<OwnStageData>, End, RegExp]>([
    [
      "a report is missing",
      { reports: [PATH, "/b"], format: "junit" },
      { reports: { [PATH]: JUNIT } },
      /^\/b was not written, exit code 0/,
    ],
    [
      "a report is cut off",
      { reports: [PATH], format: "junit" },
      { reports: { [PATH]: JUNIT.slice(0, 40) } },
      /no junit/,
    ],
    [
      "it fails without a reason",
      { format: "lines" },
      { exit: failing, reports: { stdout: "" } },
      /exit code 2 and reported nothing/,
    ],
    [
      "it fails with notes alone",
      { format: "lines" },
      { exit: failing, reports: { stdout: "a:1: note: x" } },
      /reported nothing/,
    ],
    ["it is ended by a signal", {}, { exit: { kind: "signalled", signal: "SIGKILL" } }, /ended by SIGKILL/],
    ["its program is not there", {}, { exit: { kind: "unstartable", why: "no such file" } }, /could not be started/],
  ])("could not look where %s", (_, given, end, reason) => {
    expect(read(given, end)).toMatchObject({ kind: "errored", reason: expect.stringMatching(reason) })
  })

  it("fails its gate on a warning and not on a note", () => {
    const { gate } = stageOfData(data({ format: "lines" }))
    const verdict = (line: string) => {
      const reading = read({ format: "lines" }, { reports: { stdout: line } })
      return reading.kind === "looked" ? gate?.judge(reading, {} as never).passed : undefined
    }
    expect([verdict("a:1: warning: x"), verdict("a:1: note: x")]).toEqual([false, true])
  })
})
