import { median } from "./clock.js"
import type { Breadth, ContestantName, Measure, Results, Scenario } from "./measure.js"

/** A target with what was measured against it. */
export interface Judgement {
  readonly target: string
  /** Subject or command that it is judged on. */
  readonly on: string
  readonly measured: string
  /** Undefined where nothing was measured. */
  readonly met: boolean | undefined
}

/** Measures by what they are of. */
export function findMeasure(
  measures: readonly Measure[],
  wanted: {
    readonly subject: string
    readonly scenario: Scenario
    readonly breadth?: Breadth
    readonly contestant: ContestantName
  },
): Measure | undefined {
  return measures.find(
    (measure) =>
      measure.subject === wanted.subject &&
      measure.scenario === wanted.scenario &&
      measure.contestant === wanted.contestant &&
      (wanted.breadth === undefined || measure.breadth === wanted.breadth),
  )
}

/** Median seconds of a measure; NaN where it was not made. */
export function secondsOf(measure: Measure | undefined): number {
  return median((measure?.samples ?? []).map(({ seconds }) => seconds))
}

/** Addresses of cells that ran again in any of the runs, in order; cells without a flag end in `?`. */
export function cellsAgain(measure: Measure | undefined): readonly string[] {
  const own = (measure?.samples ?? []).flatMap((sample) => (sample.own === undefined ? [] : [sample.own]))
  const again = own.flatMap((sample) => sample.again)
  const unknown = own.flatMap((sample) => sample.unknown.map((address) => `${address}?`))
  return [...new Set([...again, ...unknown])].sort()
}

/** Judges what was measured against the targets. Pure. */
export function judge({ startUp, measures, subjects, circumstances }: Results): readonly Judgement[] {
  const beyondCore = circumstances.stages.some(
    (name) => !["version", "resolve", "lint", "types", "build", "test"].includes(name),
  )
  const perSubject = Object.entries(subjects).flatMap(([subject, { testsAlsoIn }]) => [
    ...judgeUnchanged(measures, subject, beyondCore),
    ...judgeEdits(measures, subject, testsAlsoIn),
    ...judgeCold(measures, subject),
  ])
  const [node, launcher] = [median(startUp.node), median(startUp.launcher)]
  return [
    ...perSubject,
    most("`./quillon --version` ≤ 2 × `node -e 0`", "start", { value: launcher / node, limit: 2, unit: " ×" }),
    most("second `engine up` ≤ 10 s", "engine", { value: median(startUp.engineUpAgain), limit: 10, unit: " s" }),
    most("`engine status` ≤ 1 s", "engine", { value: median(startUp.engineStatus), limit: 1, unit: " s" }),
  ]
}

function judgeUnchanged(measures: readonly Measure[], subject: string, beyondCore: boolean): readonly Judgement[] {
  const of = (contestant: ContestantName, breadth: Breadth) =>
    secondsOf(findMeasure(measures, { subject, scenario: "unchanged", breadth, contestant }))
  const core = most("unchanged ≤ 1.0 s (resolve, lint, types, build, test)", subject, {
    value: of("quillon", "core"),
    limit: 1,
    unit: " s",
  })
  if (!beyondCore) {
    const unmeasured = { measured: "the pipeline has no further stages yet", met: undefined, on: subject }
    return [core, { target: "unchanged ≤ 1.5 s and ≤ 0.15 × script (all stages)", ...unmeasured }]
  }
  const [all, script] = [of("quillon", "all"), of("script", "all")]
  return [
    core,
    most("unchanged ≤ 1.5 s (all stages)", subject, { value: all, limit: 1.5, unit: " s" }),
    most("unchanged ≤ 0.15 × script (all stages)", subject, { value: all / script, limit: 0.15, unit: " ×" }),
  ]
}

/**
 * The wheel's description is the README, and the bill of materials names the wheel by its hash; a test file is linted,
 * and checked or packed where the project has it so.
 */
function judgeEdits(
  measures: readonly Measure[],
  subject: string,
  testsAlsoIn: readonly string[],
): readonly Judgement[] {
  const own = (scenario: Scenario) => findMeasure(measures, { subject, scenario, contestant: "quillon" })
  const only = (scenario: Scenario, allowed: readonly string[]): Judgement => {
    const measure = own(scenario)
    const again = cellsAgain(measure)
    const beyond = again.filter((address) => !allowed.includes(address.split("@")[0] ?? ""))
    return {
      target: `a ${scenario} runs at most ${allowed.join(", ")} again`,
      on: subject,
      measured: again.join(", ") || "nothing",
      met: measure === undefined ? undefined : beyond.length === 0,
    }
  }
  const edit = own("source edit")
  const slowest = median(
    (edit?.samples ?? []).flatMap((sample) => (sample.own === undefined ? [] : [sample.own.slowest])),
  )
  return [
    only("README commit", ["build", "sbom"]),
    only("test edit", ["lint", "test", "coverage", ...testsAlsoIn]),
    most(`source edit ≤ slowest affected cell (${show(slowest)} s) + 1 s`, subject, {
      value: secondsOf(edit),
      limit: slowest + 1,
      unit: " s",
    }),
  ]
}

function judgeCold(measures: readonly Measure[], subject: string): readonly Judgement[] {
  const of = (contestant: ContestantName) => secondsOf(findMeasure(measures, { subject, scenario: "cold", contestant }))
  const own = of("quillon")
  return [
    most("cold ≤ 1.0 × script", subject, { value: own / of("script"), limit: 1, unit: " ×" }),
    most("cold ≤ 0.7 × nox", subject, { value: own / of("nox"), limit: 0.7, unit: " ×" }),
    most("cold ≤ 0.7 × tox -p", subject, { value: own / of("tox"), limit: 0.7, unit: " ×" }),
  ]
}

interface Limit {
  readonly value: number
  readonly limit: number
  readonly unit: string
}

function most(target: string, on: string, { value, limit, unit }: Limit): Judgement {
  if (Number.isNaN(value)) return { target, on, measured: "not measured", met: undefined }
  return { target, on, measured: `${show(value)}${unit}`, met: value <= limit }
}

/** Two digits behind the point below ten, one above. */
export function show(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(1)
}
