import { z } from "zod"
import type { Gate } from "../pipeline/gate.js"
import { type CoverageDemand, coverageDemand } from "./policy.js"

const measured = z.object({
  percent: z.number(),
  failUnder: z.number().nullable(),
  precision: z.number(),
  what: z.string().optional(),
})

/** Demands the setting `coverage.minimum`, else the project's own `fail_under`; strictly more than 90 by policy. */
export const coverageGate: Gate = {
  demands: (settings) => {
    const demand = coverageDemand(settings, null)
    return demand === undefined ? "at least the project's own fail_under, where it has one" : wordsOf(demand)
  },
  judge({ measures }, settings) {
    const { percent, failUnder, precision, what } = measured.parse(measures)
    const shown = `${percent.toFixed(2)} %${kindOf(what)}`
    const demand = coverageDemand(settings, failUnder)
    if (demand === undefined) return { passed: true, message: `${shown}; no minimum is set`, remark: shown }
    if (!reaches(percent, demand, precision)) {
      return { passed: false, message: `${shown} covered, ${wordsOf(demand)} demanded` }
    }
    const message = `${shown}, ${wordsOf(demand)} demanded`
    return { passed: true, message, remark: message }
  },
}

/** Which number it is, because lines, branches and sources differ by points: ` of lines (source src)`. */
function kindOf(what: string | undefined): string {
  const [unit, ...options] = what?.split("; ") ?? []
  const source = options.find((option) => option.startsWith("source "))
  return unit === undefined ? "" : ` of ${unit}${source === undefined ? "" : ` (${source})`}`
}

function wordsOf({ percent, more }: CoverageDemand): string {
  return `${more ? "more than" : "at least"} ${percent} %`
}

/** As coverage itself judges: rounded to its precision, but 100 means all. */
function reaches(percent: number, demand: CoverageDemand, precision: number): boolean {
  if (demand.more) return percent > demand.percent
  if (demand.percent === 100) return percent === 100
  return Number(percent.toFixed(precision)) >= demand.percent
}
