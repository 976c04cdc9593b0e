import { describe, expect, it } from "vitest"
import { settingsSchema } from "../../src/project/settings.js"
import { coverageGate } from "../../src/stages/coverage-gate.js"
import { readCoverage } from "../../src/stages/coverage-reading.js"
import { measuresCoverage } from "../../src/stages/coverage-wanted.js"
import { executed, projectWith, reading } from "./transcripts.js"

describe("coverageGate", () => {
  it.each([
    ["nothing is demanded", { percent: 1 }, {}, true],
    ["the project's own fail_under", { percent: 84.9, failUnder: 85 }, {}, true],
    ["fail_under at the project's precision", { percent: 84.9, failUnder: 85, precision: 2 }, {}, false],
    ["100 means all", { percent: 99.99, failUnder: 100 }, {}, false],
    ["the setting wins over fail_under", { percent: 70, failUnder: 90 }, { coverage: { minimum: 60 } }, true],
    ["the setting is not reached", { percent: 59.4 }, { coverage: { minimum: 60 } }, false],
    ["strict demands more than 90", { percent: 90 }, { policy: "strict" }, false],
    ["strict is content above 90", { percent: 90.01 }, { policy: "strict" }, true],
    ["strict keeps a higher minimum", { percent: 94 }, { policy: "strict", coverage: { minimum: 95 } }, false],
  ])("%s", (_, measured, settings, passed) => {
    const measures = { failUnder: null, precision: 0, ...measured }
    expect(coverageGate.judge({ findings: [], measures }, settingsSchema.parse(settings)).passed).toBe(passed)
  })
})

it.each([
  ["lines", "84.00 % of lines"],
  ["branches; source src, tests; report omit x", "84.00 % of branches (source src, tests)"],
  [undefined, "84.00 %"],
])("says which number it is, on the board too: %s", (what, shown) => {
  const measures = { percent: 84, failUnder: null, precision: 0, what }
  const passed = coverageGate.judge({ findings: [], measures }, settingsSchema.parse({ coverage: { minimum: 80 } }))
  expect(passed.remark).toBe(`${shown}, at least 80 % demanded`)
  const failed = coverageGate.judge({ findings: [], measures }, settingsSchema.parse({ coverage: { minimum: 90 } }))
  expect(failed.message).toBe(`${shown} covered, at least 90 % demanded`)
})

describe("measuresCoverage", () => {
  const configured = projectWith({ tests: { ...projectWith().tests, coverageConfigured: true } })

  it.each([
    ["nobody asks", projectWith(), {}, false],
    ["the project configures it", configured, {}, true],
    ["a minimum is set", projectWith(), { coverage: { minimum: 80 } }, true],
    ["the policy is strict", projectWith(), { policy: "strict" }, true],
    ["it is switched off", configured, { coverage: { enabled: false } }, false],
  ])("where %s: %#", (_, project, settings, measured) => {
    expect(measuresCoverage(project, settingsSchema.parse(settings))).toBe(measured)
  })
})

describe("readCoverage", () => {
  const report = (change: object) =>
    readCoverage(
      [
        executed({
          command: "combine",
          reports: {
            coverage: JSON.stringify({
              version: "7.17.3",
              python: "3.13.0",
              cells: { "3.11": 1, "3.13": 1 },
              totals: { percent_covered: 97.008, covered_lines: 743, num_statements: 761, num_branches: 108 },
              what: "branches",
              ...change,
            }),
          },
        }),
      ],
      reading(),
    )

  it("tells the number, and which number it is", () => {
    expect(report({})).toMatchObject({ kind: "looked", measures: { percent: 97.008, what: "branches" } })
  })

  it("could not look where one test cell left no data", () => {
    expect(report({ cells: { "3.11": 1, "3.13": 0 } })).toMatchObject({
      kind: "errored",
      reason: expect.stringContaining("test@3.13"),
    })
  })

  it("could not look where nothing was measured", () => {
    expect(report({ totals: undefined, nothing: "No data to report." }).kind).toBe("errored")
  })
})
