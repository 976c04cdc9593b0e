import { median } from "./clock.js"

/** Seconds of one kind of call, by module. */
export interface ModuleMeasure {
  readonly title: string
  readonly trivial: readonly number[]
  readonly quillon: readonly number[]
}

/** What the module's part of docs/benchmarks.md tells besides the measures. */
export interface ModuleCircumstances {
  readonly date: string
  readonly commit: string
  readonly machine: string
  readonly load: number
  readonly files: number
  readonly lines: number
}

/** A warm call may take so many times what the trivial module takes. */
export const WARM_LIMIT = 1.5

/** The module's part of docs/benchmarks.md: medians, ratios of medians and of minima. Pure. */
export function renderModulePart(measures: readonly ModuleMeasure[], at: ModuleCircumstances): string {
  const ratio = (of: (values: readonly number[]) => number, { trivial, quillon }: ModuleMeasure) =>
    trivial.length === 0 ? "–" : `${(of(quillon) / of(trivial)).toFixed(2)} ×`
  const seconds = (values: readonly number[]) =>
    values.length === 0 ? "–" : `${median(values).toFixed(2)} s (${values.length})`
  return [
    "## Loading the module",
    `Made by \`npm run bench:module\` on ${at.date} at commit ${at.commit}; ${at.machine}. Load average before it began: ${at.load.toFixed(1)}.`,
    `*trivial* is a module with one function that gives back its argument; *quillon* is \`src/\` (${at.files} files, ${at.lines} lines) with the same
function added. They take turns. Median, number of calls in brackets, ratio of medians, ratio of minima. A warm call is to
stay within ${WARM_LIMIT} ×.`,
    [
      "| | trivial | quillon | medians | minima |",
      "| --- | --- | --- | --- | --- |",
      ...measures.map((measure) => {
        const ratios = [ratio(median, measure), ratio((values) => Math.min(...values), measure)]
        return `| ${[measure.title, seconds(measure.trivial), seconds(measure.quillon), ...ratios].join(" | ")} |`
      }),
    ].join("\n"),
  ].join("\n\n")
}
