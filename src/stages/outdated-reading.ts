import { z } from "zod"
import { type Draft, normaliseFindings } from "../findings/normalise.js"
import type { Execution } from "../pipeline/command.js"
import type { Reading } from "../pipeline/reading.js"
import type { ReadContext } from "../pipeline/stage.js"
import { brokenExit, couldNotLook } from "./could-not-look.js"
import { executionOf, jsonReport } from "./json-report.js"

const MONTH = 30 * 24 * 3600 * 1000

const behind = z.object({
  name: z.string(),
  version: z.string(),
  purpose: z.string(),
  newest: z.string(),
  direct: z.boolean(),
  released: z.string().nullable(),
  newestReleased: z.string().nullable(),
})

const report = z.object({ packages: z.number(), outdated: z.array(behind), failed: z.string().optional() })

/** Reads which versions the index has passed by. A direct dependency is a warning, any other a note. */
export function readOutdated(executions: readonly Execution[], _ctx: ReadContext): Reading {
  const execution = executionOf(executions, "compare")
  const broken = brokenExit(execution.exit, "the comparison")
  if (broken !== undefined) return couldNotLook(execution, { reason: broken })
  const compared = jsonReport(execution, "outdated", report)
  if (compared === undefined) return couldNotLook(execution, { reason: "the comparison left no report" })
  if (compared.failed !== undefined) {
    const [first] = compared.failed.split("\n")
    return { kind: "errored", reason: `the index could not be asked: ${first}`, detail: compared.failed }
  }
  return {
    kind: "looked",
    findings: normaliseFindings(compared.outdated.map(findingOf)),
    measures: {
      packages: compared.packages,
      outdated: compared.outdated.length,
      direct: compared.outdated.filter(({ direct }) => direct).length,
    },
    tools: [],
  }
}

function findingOf({
  name,
  version,
  newest,
  purpose,
  direct,
  released,
  newestReleased,
}: z.infer<typeof behind>): Draft {
  const months = released === null || newestReleased === null ? undefined : monthsBetween(released, newestReleased)
  const age = months === undefined ? "" : `, ${months === 0 ? "less than a month" : `${months} months`} behind`
  return {
    tool: "outdated",
    rule: direct ? "direct" : "indirect",
    severity: direct ? "warning" : "note",
    message: `${name} ${version} is not the newest, ${newest}${age} (${purpose})`,
  }
}

function monthsBetween(from: string, to: string): number {
  return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / MONTH))
}
