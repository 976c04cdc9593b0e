import { z } from "zod"
import { type Draft, normaliseFindings } from "../findings/normalise.js"
import type { Execution } from "../pipeline/command.js"
import type { Reading } from "../pipeline/reading.js"
import type { ReadContext } from "../pipeline/stage.js"
import { brokenExit, couldNotLook } from "./could-not-look.js"
import { indexTrouble } from "./index-trouble.js"
import { executionOf, jsonReport } from "./json-report.js"

const DAY_MS = 24 * 3600 * 1000

const behind = z.object({
  name: z.string(),
  version: z.string(),
  purpose: z.string(),
  newest: z.string(),
  direct: z.boolean(),
  /** The day on which the first newer release was uploaded; null where the index does not tell. */
  since: z.string().nullable(),
})

const report = z.object({ packages: z.number(), outdated: z.array(behind), failed: z.string().optional() })

/** A direct dependency that is not the newest, as the measures carry it. */
export const directlyBehind = z.object({
  name: z.string(),
  /** Days for which a newer release has been out; null where the index does not tell. */
  days: z.number().nullable(),
})

/** Reads which versions the index has passed by. A direct dependency is a warning, any other a note. */
export function readOutdated(executions: readonly Execution[], { settings }: ReadContext): Reading {
  const execution = executionOf(executions, "compare")
  const broken = brokenExit(execution.exit, "the comparison")
  if (broken !== undefined) return couldNotLook(execution, { reason: broken })
  const compared = jsonReport(execution, "outdated", report)
  if (compared === undefined) return couldNotLook(execution, { reason: "the comparison left no report" })
  if (compared.failed !== undefined) {
    const [first] = compared.failed.split("\n")
    const trouble = indexTrouble(compared.failed, settings.index) ?? {
      reason: `the index could not be asked: ${first}`,
    }
    return { kind: "errored", ...trouble, detail: compared.failed }
  }
  const aged = compared.outdated.map((each) => ({ ...each, days: daysSince(each.since, execution.started) }))
  return {
    kind: "looked",
    findings: normaliseFindings(aged.map(findingOf)),
    measures: {
      packages: compared.packages,
      outdated: aged.length,
      direct: aged.filter(({ direct }) => direct).map(({ name, days }) => ({ name, days })),
    },
    tools: [],
  }
}

type Aged = z.infer<typeof behind> & z.infer<typeof directlyBehind>

function findingOf({ name, version, newest, purpose, direct, days }: Aged): Draft {
  return {
    tool: "outdated",
    rule: direct ? "direct" : "indirect",
    severity: direct ? "warning" : "note",
    subject: name,
    message: `${name} ${version} is not the newest, ${newest}; a newer one is out for ${ageOf(days)} (${purpose})`,
  }
}

function ageOf(days: number | null): string {
  if (days === null) return "an unknown time"
  return `${days} ${days === 1 ? "day" : "days"}`
}

/** Whole days from a day to the moment of the look, so that all looks of one day tell the same. */
function daysSince(day: string | null, now: number): number | null {
  if (day === null) return null
  return Math.max(0, Math.floor(now / DAY_MS) - Math.floor(Date.parse(day) / DAY_MS))
}
