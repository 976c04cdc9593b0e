import { z } from "zod"
import { normaliseFindings } from "../findings/normalise.js"
import type { Execution } from "../pipeline/command.js"
import type { Reading } from "../pipeline/reading.js"
import type { ReadContext } from "../pipeline/stage.js"
import { judgeVulnerabilities, mergeAliases, type Vulnerability } from "./audit-excuses.js"
import { brokenExit, couldNotLook, exitCode, lastLines } from "./could-not-look.js"
import { executionOf, jsonReport } from "./json-report.js"
import { SAFETY_KEY } from "./safety.js"

const vulnerability = z.object({
  vulnerability_id: z.string(),
  package_name: z.string(),
  analyzed_version: z.string().nullish(),
  advisory: z.string().nullish(),
  CVE: z.string().nullish(),
  fixed_versions: z.array(z.string()).default([]),
  severity: z.object({ cvssv3: z.object({ base_severity: z.string().nullish() }).nullish() }).nullish(),
})

const report = z.object({
  report_meta: z.object({ safety_version: z.string(), packages_found: z.number() }),
  vulnerabilities: z.array(vulnerability),
  ignored_vulnerabilities: z.array(vulnerability),
})

/** What safety's own codes mean besides 0 (nothing found) and 64 (vulnerabilities found). */
const CODES: Readonly<Record<number, string>> = {
  65: "its service does not accept the key",
  66: "its service was asked too often",
  68: "its database could not be fetched",
  69: "its database is of another form",
}

/** Reads safety's JSON. It asks its vendor's service before it looks at anything; without an answer there is no report. */
export function readSafety(executions: readonly Execution[], { settings }: ReadContext): Reading {
  const execution = executionOf(executions, "safety")
  const broken = brokenExit(execution.exit, "safety")
  if (broken !== undefined) return couldNotLook(execution, { reason: broken })
  const code = exitCode(execution.exit)
  const audited = jsonReport(execution, "safety", report)
  if (audited === undefined || (code !== 0 && code !== 64)) {
    const said = lastLines(execution).split("\n").at(-1)
    const why = CODES[code ?? -1] ?? (said === "" || said === undefined ? `it ended with ${code}` : said)
    return couldNotLook(execution, { reason: `safety could not look: ${why}`, next: nextStep(settings.audit.secrets) })
  }
  const all = [...audited.vulnerabilities, ...audited.ignored_vulnerabilities].map(vulnerabilityOf)
  const found = mergeAliases(all)
  const today = new Date(execution.started).toISOString().slice(0, 10)
  const drafts = judgeVulnerabilities(found, { ignore: settings.audit.ignore, today })
  return {
    kind: "looked",
    findings: normaliseFindings(drafts),
    measures: {
      packages: audited.report_meta.packages_found,
      vulnerabilities: found.length,
      excused: drafts.filter(({ tool, severity }) => tool === "safety" && severity === "note").length,
      service: "safety",
    },
    tools: [{ name: "safety", version: audited.report_meta.safety_version }],
  }
}

function nextStep(secrets: readonly string[]): string {
  return secrets.includes(SAFETY_KEY)
    ? `check the network and the value of ${SAFETY_KEY}, or set audit.tool = "pip-audit"`
    : `name the key of an account: audit.secrets = ["${SAFETY_KEY}"], or set audit.tool = "pip-audit"`
}

function vulnerabilityOf(each: z.infer<typeof vulnerability>): Vulnerability {
  const { vulnerability_id: id, package_name: name, analyzed_version: version, CVE, advisory, severity } = each
  const critical = severity?.cvssv3?.base_severity?.toLowerCase() === "critical"
  return {
    tool: "safety",
    name,
    version: version ?? "",
    ids: CVE == null ? [id] : [id, CVE],
    fixed: each.fixed_versions,
    description: advisory ?? "",
    severity: critical ? "critical" : "high",
  }
}
