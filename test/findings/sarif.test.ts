import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Ajv } from "ajv"
import addFormats from "ajv-formats"
import { describe, expect, it } from "vitest"
import { renderSarif } from "../../src/findings/sarif.js"
import type { CellReport, Report } from "../../src/pipeline/report.js"
import { cellReport, finding, reportOf } from "../cli/reports.js"

const { $schema, id, ...schema } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../transcripts/sarif/sarif-schema-2.1.0.json"), "utf8"),
)
const ajv = new Ajv({ strict: false, allErrors: true })
addFormats.default(ajv)
const isValid = ajv.compile(schema)

interface Run {
  readonly tool: { readonly driver: { readonly name: string; readonly version?: string; readonly rules?: object[] } }
  readonly invocations?: readonly object[]
  readonly results: readonly Record<string, unknown>[]
}

const RUFF = { name: "ruff", version: "0.17.6" }
const lint = (findings: CellReport["findings"], differs: Partial<CellReport> = {}) =>
  cellReport({ outcome: "failed", tools: [RUFF], findings, ...differs })

/** The runs of a report, which the schema of OASIS must allow. */
function runs(cells: readonly CellReport[], differs: Partial<Report> = {}): readonly Run[] {
  const log = JSON.parse(renderSarif(reportOf(cells, differs)))
  isValid(log)
  expect(isValid.errors ?? []).toEqual([])
  return log.runs
}

describe("renderSarif", () => {
  it("is refused by the schema when it is not SARIF, so that the schema is really asked", () => {
    expect(isValid({ version: "2.1.0", runs: [{ results: [] }] })).toBe(false)
  })

  it("has a result with rule, level, place and fingerprint for each finding", () => {
    const [run] = runs([lint([finding({ help: "https://docs.example/F401" })])])
    expect(run?.tool.driver).toEqual({
      ...RUFF,
      rules: [{ id: "F401", shortDescription: { text: "ruff: F401" }, helpUri: "https://docs.example/F401" }],
    })
    expect(run?.results).toEqual([
      {
        ruleId: "F401",
        ruleIndex: 0,
        level: "error",
        message: { text: "`os` imported but unused" },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: "src/a.py", uriBaseId: "%SRCROOT%" },
              region: { startLine: 3, startColumn: 8 },
            },
          },
        ],
        partialFingerprints: { "quillonFinding/v1": "f1" },
      },
    ])
  })

  it.each([
    ["note", "note"],
    ["low", "note"],
    ["warning", "warning"],
    ["medium", "warning"],
    ["error", "error"],
    ["high", "error"],
    ["critical", "error"],
  ] as const)("says %s as %s", (severity, level) => {
    expect(runs([lint([finding({ severity })])])[0]?.results[0]?.level).toBe(level)
  })

  it("has a run for each tool, and what a command of a tool says in the tool's", () => {
    const mypy = { name: "mypy", version: "2.4.1" }
    const cells = [
      lint([finding(), finding({ tool: "ruff format", rule: "unformatted", fingerprint: "f2" })]),
      cellReport({ stage: "types", tools: [mypy, RUFF], findings: [finding({ tool: "mypy", fingerprint: "f3" })] }),
    ]
    expect(runs(cells).map(({ tool, results }) => [tool.driver.name, results.length])).toEqual([
      ["mypy", 1],
      ["ruff", 2],
    ])
  })

  it("has a run without results for a tool that found nothing, so that a forge closes what is gone", () => {
    expect(runs([lint([], { outcome: "passed" })]).map(({ results }) => results)).toEqual([[]])
  })

  it("says of what could not look that it was not successful", () => {
    const [run] = runs([cellReport({ stage: "types", outcome: "errored", reason: "no network" })])
    expect(run).toMatchObject({
      tool: { driver: { name: "quillon" } },
      invocations: [
        {
          executionSuccessful: false,
          toolExecutionNotifications: [{ level: "error", message: { text: "types could not look: no network" } }],
        },
      ],
    })
  })

  it("suppresses what the baseline has, and says of the rest that it is new", () => {
    const baseline = { file: "known.json", entries: 1, known: 1, moved: 0, stale: [] }
    const [run] = runs([lint([finding({ baselined: "f1" }), finding({ fingerprint: "f2" })])], { baseline })
    expect(run?.results).toMatchObject([
      {
        baselineState: "unchanged",
        suppressions: [{ kind: "external", justification: "accepted in known.json" }],
      },
      { baselineState: "new" },
    ])
    expect(run?.results[1]?.suppressions).toBeUndefined()
  })

  it("leaves failing tests to JUnit", () => {
    const tests = { passed: 0, failed: 1, skipped: 0, xfailed: 0, xpassed: 0, errors: 0 }
    const failing = finding({ tool: "pytest", rule: "failed" })
    expect(
      runs([lint([]), cellReport({ stage: "test", measures: { tests }, findings: [failing] })]).flatMap(
        ({ results }) => results,
      ),
    ).toEqual([])
  })

  it("reports once what several cells found", () => {
    const cells = ["3.11", "3.13"].map((cell) => lint([finding()], { stage: "own", cell }))
    expect(runs(cells)[0]?.results).toHaveLength(1)
  })

  it("gives GitHub the score of a security finding", () => {
    const bandit = finding({ tool: "bandit", rule: "B602", severity: "high" })
    const [run] = runs([
      cellReport({ stage: "security", tools: [{ name: "bandit", version: "1" }], findings: [bandit] }),
    ])
    expect(run?.tool.driver.rules).toMatchObject([{ properties: { tags: ["security"], "security-severity": "8.0" } }])
  })

  it.each([
    ["src/mein paket/ä%20#?.py", "src/mein%20paket/%C3%A4%2520%23%3F.py"],
    ["./src/a.py", "src/a.py"],
    ["bad\udcff.py", "bad%EF%BF%BD.py"],
  ])("makes a URI of the path %j", (file, uri) => {
    expect(runs([lint([finding({ file })])])[0]?.results[0]).toMatchObject({
      locations: [{ physicalLocation: { artifactLocation: { uri } } }],
    })
  })

  it("is SARIF whatever a tool says", () => {
    const message = `"}]} \u0000 \ud800 {{0}} [x](javascript:1)`
    expect(runs([lint([finding({ message, rule: "", help: "https://x y" })])])[0]?.results).toHaveLength(1)
  })
})
