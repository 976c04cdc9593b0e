import { z } from "zod"
import { type Draft, normaliseFindings } from "../findings/normalise.js"
import type { Execution } from "../pipeline/command.js"
import type { Reading } from "../pipeline/reading.js"
import type { ReadContext } from "../pipeline/stage.js"
import type { Settings } from "../project/settings.js"
import { brokenExit, couldNotLook, lastLines } from "./could-not-look.js"
import { executionOf, jsonReport } from "./json-report.js"
import { TOOL_PINS } from "./tool-pins.js"

const vulnerability = z.object({
  id: z.string(),
  fix_versions: z.array(z.string()),
  aliases: z.array(z.string()).default([]),
  description: z.string().default(""),
})

const report = z.object({
  dependencies: z.array(
    z.object({
      name: z.string(),
      version: z.string().optional(),
      vulns: z.array(vulnerability).optional(),
      skip_reason: z.string().optional(),
    }),
  ),
})

/** Reads pip-audit's JSON: it exits 0 where it could look up nothing, and 1 for a finding as for a crash. */
export function readAudit(executions: readonly Execution[], { settings }: ReadContext): Reading {
  if (settings.audit.tool !== "pip-audit") {
    return {
      kind: "errored",
      reason: `the audit with ${settings.audit.tool} is not there yet`,
      next: 'set audit.tool = "pip-audit"',
    }
  }
  const execution = executionOf(executions, "pip-audit")
  const broken = brokenExit(execution.exit, "pip-audit")
  if (broken !== undefined) return couldNotLook(execution, { reason: broken })
  const audited = jsonReport(execution, "audit", report)
  const service = settings.audit.service
  if (audited === undefined) {
    return couldNotLook(execution, {
      reason: `pip-audit could not ask the advisory service (${service}): ${lastLines(execution).split("\n").at(-1)}`,
      next: "run again, or name another service: audit.service = 'osv', or the address of one",
    })
  }
  const skipped = audited.dependencies.filter(({ vulns }) => vulns === undefined)
  if (skipped.length > 0) {
    return couldNotLook(execution, {
      reason: `${skipped.length} of ${audited.dependencies.length} packages could not be looked up (${service}): ${skipped[0]?.skip_reason ?? skipped[0]?.name}`,
      next: "name a service that knows them: audit.service = 'osv', or the address of one",
    })
  }
  const today = new Date(execution.started).toISOString().slice(0, 10)
  const drafts = audited.dependencies.flatMap(({ name, version, vulns = [] }) =>
    vulns.map((each) => judged(each, { package: `${name} ${version}`, today, ignore: settings.audit.ignore })),
  )
  return {
    kind: "looked",
    findings: normaliseFindings(drafts),
    measures: {
      packages: audited.dependencies.length,
      vulnerabilities: drafts.length,
      excused: drafts.filter(({ severity }) => severity === "note").length,
      service,
    },
    tools: [{ name: "pip-audit", version: TOOL_PINS["pip-audit"] }],
  }
}

interface Excuses {
  readonly package: string
  /** As `YYYY-MM-DD`. */
  readonly today: string
  readonly ignore: Settings["audit"]["ignore"]
}

/** A vulnerability as a finding; an excuse that has not expired makes a note of it. */
function judged(each: z.infer<typeof vulnerability>, { package: name, today, ignore }: Excuses): Draft {
  const ids = [each.id, ...each.aliases]
  const excuse = ignore.find(({ id }) => ids.includes(id))
  const fixed = each.fix_versions.length === 0 ? "no fixed version" : `fixed in ${each.fix_versions.join(", ")}`
  const base = {
    tool: "pip-audit",
    rule: each.id,
    subject: name.split(" ")[0] ?? name,
    message: `${name}: ${ids.slice(0, 3).join(", ")}; ${fixed}`,
    help:
      each.fix_versions.length === 0
        ? "excuse it with a reason, or replace the package"
        : `upgrade ${name.split(" ")[0]}`,
    ...(each.description === "" ? {} : { detail: each.description }),
  }
  if (excuse === undefined) return { ...base, severity: "high" }
  if (today <= excuse.expires) {
    return { ...base, severity: "note", help: `excused until ${excuse.expires}: ${excuse.reason}` }
  }
  return { ...base, severity: "high", help: `the excuse expired on ${excuse.expires}: ${excuse.reason}` }
}
