import { expect, test } from "vitest"
import { median } from "../../bench/clock.js"
import { judge } from "../../bench/judge.js"
import type { ContestantName, Measure, OwnSample, Results, Scenario } from "../../bench/measure.js"

const OWN: OwnSample = { cells: 6, again: [], unknown: [], unpassed: [], slowest: 0, roundTrips: 42, phases: "" }

function measure(
  scenario: Scenario,
  contestant: ContestantName,
  samples: readonly (readonly [number, Partial<OwnSample>?])[],
): Measure {
  const made = samples.map(([seconds, own]) => ({
    seconds,
    code: 0,
    ...(contestant === "quillon" ? { own: { ...OWN, ...own } } : {}),
  }))
  return { subject: "pluggy", scenario, breadth: "core", contestant, samples: made, load: made.map(() => 1) }
}

function verdicts(measures: readonly Measure[]): Readonly<Record<string, string>> {
  const results: Results = {
    circumstances: {
      date: "2026-01-01",
      command: "npm run bench",
      machine: "a machine",
      commit: "abc",
      loadBefore: 0,
      interpreters: [],
      tools: [],
      stages: ["version", "resolve", "lint", "types", "build", "test"],
    },
    startUp: { node: [0.04], launcher: [0.1], bundle: [0.05], engineUpAgain: [1], engineStatus: [0.5] },
    measures,
    subjects: { pluggy: { title: "pluggy", pythons: ["3.13"], testsAlsoIn: ["build"] } },
  }
  return Object.fromEntries(judge(results).map(({ target, measured, met }) => [target, `${measured}: ${met}`]))
}

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[7], 7],
])("the median of %j is %d", (values, wanted) => {
  expect(median(values)).toBe(wanted)
})

test("an unchanged run is judged by its median", () => {
  const runs = measure("unchanged", "quillon", [[0.9], [5], [0.95]])
  expect(verdicts([runs])["unchanged ≤ 1.0 s (resolve, lint, types, build, test)"]).toBe("0.95 s: true")
})

test("a cell that ran again in one run of three is counted, and one without a flag too", () => {
  const runs = measure("README commit", "quillon", [
    [1, { again: ["build"] }],
    [1, { again: ["build", "test@3.13"] }],
    [1, { unknown: ["types"] }],
  ])
  expect(verdicts([runs])["a README commit runs at most build, sbom again"]).toBe("build, test@3.13, types?: false")
})

test("every interpreter's test may run again after an edit of a test", () => {
  const runs = measure("test edit", "quillon", [[2, { again: ["lint", "test@3.11", "test@3.13", "coverage"] }]])
  expect(verdicts([runs])["a test edit runs at most lint, test, coverage, build again"]).toMatch(/: true$/)
})

test("a source edit has a second beyond the slowest cell that ran again", () => {
  const runs = measure("source edit", "quillon", [[3.1, { again: ["test@3.13"], slowest: 2 }]])
  expect(verdicts([runs])["source edit ≤ slowest affected cell (2.00 s) + 1 s"]).toBe("3.10 s: false")
})

test("a cold run is judged against each rival by the ratio of the medians", () => {
  const found = verdicts([
    measure("cold", "quillon", [[8]]),
    measure("cold", "script", [[10]]),
    measure("cold", "nox", [[10]]),
  ])
  expect(found["cold ≤ 1.0 × script"]).toBe("0.80 ×: true")
  expect(found["cold ≤ 0.7 × nox"]).toBe("0.80 ×: false")
  expect(found["cold ≤ 0.7 × tox -p"]).toBe("not measured: undefined")
})
