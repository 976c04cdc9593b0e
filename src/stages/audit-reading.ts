import { z } from "zod"
import { normaliseFindings } from "../findings/normalise.js"
import type { Execution } from "../pipeline/command.js"
import type { Reading } from "../pipeline/reading.js"
import type { ReadContext } from "../pipeline/stage.js"
import type { Settings } from "../project/settings.js"
import { judgeVulnerabilities, mergeAliases, type Vulnerability } from "./audit-excuses.js"
import { advisoryService } from "./audit-service.js"
import { brokenExit, couldNotLook, lastLines } from "./could-not-look.js"
import { executionOf, jsonReport } from "./json-report.js"
import { readSafety } from "./safety-reading.js"

const vulnerability = z.object({
  id: z.string(),
  fix_versions: z.array(z.string()),
  aliases: z.array(z.string()).default([]),
  description: z.string().default(""),
})

const dependency = z.object({
  name: z.string(),
  version: z.string().optional(),
  vulns: z.array(vulnerability).optional(),
  skip_reason: z.string().optional(),
})

const report = z.object({ dependencies: z.array(dependency) })

/** What audit.py found out besides. */
const about = z.object({
  version: z.string(),
  private: z.record(z.string(), z.string()),
  advisories: z.literal(false).nullable(),
})

const NAMED = 5

/** Reads what the auditing tool left. */
export function readAudit(executions: readonly Execution[], context: ReadContext): Reading {
  return context.settings.audit.tool === "safety"
    ? readSafety(executions, context)
    : readPipAudit(executions, context.settings)
}

/** Reads pip-audit's JSON: it exits 0 where it could look up nothing, and 1 for a finding as for a crash. */
function readPipAudit(executions: readonly Execution[], settings: Settings): Reading {
  const execution = executionOf(executions, "pip-audit")
  const broken = brokenExit(execution.exit, "pip-audit")
  if (broken !== undefined) return couldNotLook(execution, { reason: broken })
  const audited = jsonReport(execution, "audit", report)
  const told = jsonReport(execution, "about", about)
  const service = advisoryService(settings)
  if (audited === undefined || told === undefined) return unanswered(execution, service)
  const releases = distinct(audited.dependencies)
  const unknown = releases.filter(({ vulns }) => vulns === undefined)
  if (unknown.length > 0)
    return unanswerable(unknown, { settings, mirror: told.advisories === false, of: releases.length })
  const found = mergeAliases(releases.flatMap(vulnerabilitiesOf))
  const today = new Date(execution.started).toISOString().slice(0, 10)
  const drafts = judgeVulnerabilities(found, { ignore: settings.audit.ignore, today })
  const unasked = Object.keys(told.private).sort()
  return {
    kind: "looked",
    findings: normaliseFindings(drafts),
    measures: {
      packages: releases.length,
      vulnerabilities: found.length,
      excused: drafts.filter(({ tool, severity }) => tool === "pip-audit" && severity === "note").length,
      private: unasked,
      service,
    },
    tools: [{ name: "pip-audit", version: told.version }],
  }
}

type Dependency = z.infer<typeof dependency>

/** Each release once, though it stands in the requirements of several purposes. */
function distinct(dependencies: readonly Dependency[]): readonly Dependency[] {
  return [...new Map(dependencies.map((each) => [`${each.name} ${each.version ?? each.skip_reason}`, each])).values()]
}

function vulnerabilitiesOf({ name, version = "", vulns = [] }: Dependency): readonly Vulnerability[] {
  return vulns.map(({ id, aliases, fix_versions: fixed, description }) => ({
    tool: "pip-audit",
    name,
    version,
    ids: [id, ...[...aliases].sort()],
    fixed,
    description,
    severity: "high",
  }))
}

/** pip-audit ends with a traceback where the service does not answer. */
function unanswered(execution: Execution, service: string): Reading {
  return couldNotLook(execution, {
    reason: `the advisory service (${service}) gave no answer: ${whyOf(lastLines(execution))}`,
    next: "run again, name another service (audit.service), or leave it out this time: --skip audit",
  })
}

/** What a traceback comes to: the status that was answered, the innermost cause, or its last line without classes. */
function whyOf(traceback: string): string {
  const status = /\b([45]\d\d) (?:Client|Server) Error: (.*?) for url/.exec(traceback)
  if (status !== null) return `${status[1]} ${status[2]}`
  const last = traceback.split("\n").at(-1) ?? ""
  const cause = /Caused by \w+\("?(?:<[^>]*>|\w+\([^)]*\))?:? ?(.*?)"?\)+$/.exec(last)?.[1]
  return (cause ?? last.replace(/^(?:[\w.]+: )+/, "")) || "it said nothing"
}

interface Unknown {
  readonly settings: Settings
  /** True where what answers for the public index serves no advisories at all. */
  readonly mirror: boolean
  /** Releases in all. */
  readonly of: number
}

function unanswerable(unknown: readonly Dependency[], { settings, mirror, of }: Unknown): Reading {
  const service = advisoryService(settings)
  const names = unknown.map(({ name }) => name)
  if (mirror && settings.audit.service === undefined && settings.policy !== "strict") {
    const reason = "the package index serves no advisories, and no other service was named: audit.service"
    return { kind: "not-applicable", reason }
  }
  if (mirror) {
    return {
      kind: "errored",
      reason: `what answers for the public index serves no advisories: ${of} packages could not be looked up`,
      next: `set audit.service to 'osv' or the address of an OSV service${settings.policy === "strict" ? "" : ", or audit.enabled = false"}`,
    }
  }
  const shown = names.length > NAMED ? [...names.slice(0, NAMED), `${names.length - NAMED} more`] : names
  return {
    kind: "errored",
    reason: `${unknown.length} of ${of} packages could not be looked up (${service}): ${shown.join(", ")}`,
    next: `if they are your own: audit.private = [${names.map((name) => JSON.stringify(name)).join(", ")}]; else name a service that knows them: audit.service`,
    detail: unknown.map(({ name, skip_reason }) => skip_reason ?? name).join("\n"),
  }
}
