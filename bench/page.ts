import { median } from "./clock.js"
import { cellsAgain, findMeasure, judge, secondsOf, show } from "./judge.js"
import { type Breadth, CONTESTANTS, type Measure, type Results, SCENARIOS } from "./measure.js"

/** Puts the text between the page's markers of a part, which are added at the end of a page that has none. Pure. */
export function replacePart(page: string, text: string, name = "pipeline"): string {
  const [begin, end] = [`<!-- bench: ${name} -->`, `<!-- /bench: ${name} -->`]
  const part = `${begin}\n\n${text.trim()}\n\n${end}`
  const [from, to] = [page.indexOf(begin), page.indexOf(end)]
  if (from === -1 || to < from) return `${page.trimEnd()}\n\n${part}\n`
  return page.slice(0, from) + part + page.slice(to + end.length)
}

/** The pipeline's part of docs/benchmarks.md. Pure. */
export function renderResults(results: Results): string {
  const { circumstances, subjects } = results
  return [
    "## The pipeline beside a script, nox and tox",
    `Made by \`${circumstances.command}\` on ${circumstances.date} at commit ${circumstances.commit}; ${circumstances.machine}. ` +
      `Load average before it began: ${circumstances.loadBefore.toFixed(1)}. The figures are ratios on one machine, not promises.`,
    METHOD,
    `Interpreters: ${circumstances.interpreters.join("; ")}. Tools of the rivals: ${circumstances.tools.join(", ")}.`,
    ...Object.entries(subjects).map(([name, { title, pythons }]) =>
      [
        `### ${title}, Python ${pythons.join(" and ")}`,
        timesTable(results.measures, name),
        againTable(results.measures, name),
      ].join("\n\n"),
    ),
    "### Start and engine",
    startTable(results),
    "### Targets",
    targetsTable(results),
  ].join("\n\n")
}

const METHOD = `Each contestant works in a copy of his own and in turns with the others. *quillon* is \`quillon ci\` with the stages
resolve, lint, types, build and test; *script* is a shell script that calls the same tools in virtual environments that
\`uv\` makes and that are kept between runs, its cells at the same time; *nox* has the uv backend, kept environments and
\`--parallel auto\`; *tox* is \`tox -p\` with tox-uv. All of them test the wheel that was built from the sdist, under coverage
where the project configures it. *All stages* is what \`quillon ci\` runs unasked, and the script with bandit and the combined
coverage besides. The rivals do less: they resolve nothing to hashes, check no metadata and keep no report.
Cold: new engine with the interpreter images and no layer; new environments, \`uv\` caches empty on both sides. In the other
scenarios \`.quillon/\` is deleted before each run. A time is the median of the runs, their number in brackets; behind it its
ratio to the script's.`

function timesTable(measures: readonly Measure[], subject: string): string {
  const rows = turnsOf(measures, subject).map(({ scenario, breadth }) => {
    const of = (contestant: (typeof CONTESTANTS)[number]) =>
      findMeasure(measures, { subject, scenario, breadth, contestant })
    const script = secondsOf(of("script"))
    const cells = CONTESTANTS.map((contestant) => {
      const measure = of(contestant)
      if (measure === undefined) return "–"
      const seconds = secondsOf(measure)
      const ratio = contestant === "script" || Number.isNaN(script) ? "" : `, ${show(seconds / script)} ×`
      return `${show(seconds)} s${ratio} (${measure.samples.length})${codesOf(measure)}`
    })
    const load = Math.max(
      ...measures.filter((m) => m.subject === subject && m.scenario === scenario).flatMap((m) => m.load),
    )
    return [`${scenario}${breadth === "all" ? ", all stages" : ""}`, ...cells, load.toFixed(1)]
  })
  return table(["", ...CONTESTANTS, "highest load"], rows)
}

/** Exit codes other than 0, because a run that failed may have been shorter. */
function codesOf({ samples }: Measure): string {
  const codes = [...new Set(samples.map(({ code }) => code))].filter((code) => code !== 0)
  return codes.length === 0 ? "" : `, exit code ${codes.join(", ")}`
}

function againTable(measures: readonly Measure[], subject: string): string {
  const rows = turnsOf(measures, subject).flatMap(({ scenario, breadth }) => {
    const measure = findMeasure(measures, { subject, scenario, breadth, contestant: "quillon" })
    const own = (measure?.samples ?? []).flatMap((sample) => (sample.own === undefined ? [] : [sample.own]))
    if (own.length === 0) return []
    const again = scenario === "cold" ? "all" : cellsAgain(measure).join(", ") || "nothing"
    const unpassed = [...new Set(own.flatMap((sample) => sample.unpassed))].join(", ") || "none"
    const phases = own.toSorted((a, b) => total(a.phases) - total(b.phases))[Math.floor(own.length / 2)]?.phases ?? ""
    const name = `${scenario}${breadth === "all" ? ", all stages" : ""}`
    return [[name, again, unpassed, String(median(own.map(({ roundTrips }) => roundTrips))), phases]]
  })
  return table(["quillon", "cells that ran again", "did not pass", "round trips", "parts of a middle run"], rows)
}

function total(phases: string): number {
  return [...phases.matchAll(/(\d+) ms/g)].reduce((sum, [, ms]) => sum + Number(ms), 0)
}

function turnsOf(measures: readonly Measure[], subject: string) {
  return SCENARIOS.flatMap((scenario) =>
    (["core", "all"] as const satisfies readonly Breadth[])
      .filter((breadth) =>
        measures.some((m) => m.subject === subject && m.scenario === scenario && m.breadth === breadth),
      )
      .map((breadth) => ({ scenario, breadth })),
  )
}

function startTable({ startUp }: Results): string {
  const node = median(startUp.node)
  const row = (name: string, seconds: readonly number[]) => [
    name,
    `${Math.round(median(seconds) * 1000)} ms`,
    `${show(median(seconds) / node)} ×`,
    String(seconds.length),
  ]
  const rows = [
    row("`node -e 0`", startUp.node),
    row("`./quillon --version`", startUp.launcher),
    row("`quillon --version` (the bundle)", startUp.bundle),
    row("`quillon engine status`", startUp.engineStatus),
    row("`quillon engine up`, the engine runs", startUp.engineUpAgain),
  ]
  return table(["", "median", "ratio to node", "runs"], rows)
}

function targetsTable(results: Results): string {
  const rows = judge(results).map(({ target, on, measured, met }) => [
    target,
    on,
    measured,
    met === undefined ? "not measured" : met ? "met" : "**not met**",
  ])
  return table(["target", "on", "measured", ""], rows)
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n")
}
