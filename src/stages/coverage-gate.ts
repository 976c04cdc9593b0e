import { z } from "zod"
import type { Gate } from "../pipeline/gate.js"
import type { Settings } from "../project/settings.js"
import { STRICT_MINIMUM } from "./coverage-wanted.js"

const measured = z.object({ percent: z.number(), failUnder: z.number().nullable(), precision: z.number() })

/** Demands the setting `coverage.minimum`, else the project's own `fail_under`; strictly more than 90 by policy. */
export const coverageGate: Gate = {
  demands: "the minimum that the setting coverage.minimum, or the project's fail_under, names",
  judge({ measures }, settings) {
    const { percent, failUnder, precision } = measured.parse(measures)
    const shown = `${percent.toFixed(2)} %`
    const minimum = minimumOf(settings, failUnder)
    if (minimum === undefined) return { passed: true, message: `${shown}; no minimum is set` }
    const enough =
      settings.policy === "strict" && minimum === STRICT_MINIMUM
        ? percent > minimum
        : reaches(percent, minimum, precision)
    return enough
      ? { passed: true, message: `${shown} of at least ${minimum} %` }
      : { passed: false, message: `${shown} is less than ${minimum} %` }
  },
}

function minimumOf(settings: Settings, failUnder: number | null): number | undefined {
  const own = settings.coverage.minimum ?? failUnder ?? undefined
  return settings.policy === "strict" ? Math.max(STRICT_MINIMUM, own ?? 0) : own
}

/** As coverage itself judges: rounded to its precision, but 100 means all. */
function reaches(percent: number, minimum: number, precision: number): boolean {
  if (minimum === 100) return percent === 100
  return Number(percent.toFixed(precision)) >= minimum
}
