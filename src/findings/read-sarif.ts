import { z } from "zod"
import type { Severity } from "./finding.js"
import type { Draft } from "./normalise.js"

const level = z.enum(["none", "note", "warning", "error"])
const message = z.object({ text: z.string().optional(), markdown: z.string().optional() })

const rule = z.object({
  id: z.string(),
  helpUri: z.string().optional(),
  defaultConfiguration: z.object({ level: level.optional() }).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
})

const result = z.object({
  ruleId: z.string().optional(),
  ruleIndex: z.number().optional(),
  rule: z.object({ id: z.string().optional(), index: z.number().optional() }).optional(),
  kind: z.string().optional(),
  level: level.optional(),
  message,
  locations: z
    .array(
      z.object({
        physicalLocation: z
          .object({
            artifactLocation: z.object({ uri: z.string().optional() }).optional(),
            region: z.object({ startLine: z.number().optional(), startColumn: z.number().optional() }).optional(),
          })
          .optional(),
      }),
    )
    .optional(),
  suppressions: z.array(z.object({ status: z.string().optional() })).optional(),
})

const log = z.object({
  version: z.literal("2.1.0"),
  runs: z.array(
    z.object({
      tool: z.object({ driver: z.object({ name: z.string(), rules: z.array(rule).optional() }) }),
      invocations: z.array(z.object({ executionSuccessful: z.boolean() })).optional(),
      results: z.array(result).nullish(),
    }),
  ),
})

type Result = z.infer<typeof result>
type Rule = z.infer<typeof rule>

const SEVERITY_OF = { none: "note", note: "note", warning: "warning", error: "error" } as const

/**
 * Reads SARIF 2.1.0 (OASIS). Undefined where it is none, is cut off, or says of itself that the tool did not succeed.
 * Suppressed results and those of a kind other than `fail` are no findings. Pure.
 */
export function readSarif(json: string): readonly Draft[] | undefined {
  const parsed = parse(json)
  if (parsed === undefined) return undefined
  const failed = parsed.runs.some(({ invocations = [] }) => invocations.some((one) => !one.executionSuccessful))
  if (failed) return undefined
  return parsed.runs.flatMap(({ tool: { driver }, results }) =>
    (results ?? []).filter(counts).map((found) => draftOf(found, driver.name, ruleOf(found, driver.rules ?? []))),
  )
}

function parse(json: string): z.infer<typeof log> | undefined {
  try {
    return log.safeParse(JSON.parse(json.replace(/^\ufeff/, ""))).data
  } catch {
    return undefined
  }
}

function counts({ kind = "fail", suppressions = [] }: Result): boolean {
  return kind === "fail" && !suppressions.some(({ status }) => status === undefined || status === "accepted")
}

function ruleOf({ ruleIndex, ruleId, rule: reference }: Result, rules: readonly Rule[]): Rule | undefined {
  const id = ruleId ?? reference?.id
  return rules[ruleIndex ?? reference?.index ?? -1] ?? rules.find((known) => known.id === id)
}

function draftOf(found: Result, tool: string, known: Rule | undefined): Draft {
  const { artifactLocation, region } = found.locations?.[0]?.physicalLocation ?? {}
  const file = pathOf(artifactLocation?.uri)
  const said = found.message.text ?? found.message.markdown ?? ""
  return {
    tool,
    rule: found.ruleId ?? found.rule?.id ?? known?.id ?? "finding",
    severity: severityOf(found, known),
    ...(file === undefined ? {} : { file, ...positive("line", region?.startLine) }),
    ...(file === undefined ? {} : positive("column", region?.startColumn)),
    message: said === "" ? "no message" : said,
    ...(known?.helpUri === undefined ? {} : { help: known.helpUri }),
    ...(said.includes("\n") ? { detail: said } : {}),
  }
}

/** `security-severity` is a CVSS score; its steps are those of GitHub's code scanning. */
function severityOf({ level: own }: Result, known: Rule | undefined): Severity {
  const score = Number(known?.properties?.["security-severity"] ?? Number.NaN)
  if (score >= 9) return "critical"
  if (score >= 7) return "high"
  return SEVERITY_OF[own ?? known?.defaultConfiguration?.level ?? "warning"]
}

/** A relative path, or an absolute one of the machine on which the tool ran. */
function pathOf(uri: string | undefined): string | undefined {
  if (uri === undefined || uri === "") return undefined
  const path = uri.replace(/^file:\/\/[^/]*/, "")
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) return undefined
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function positive<K extends "line" | "column">(key: K, value: number | undefined): { [key in K]?: number } {
  return value !== undefined && value >= 1 ? ({ [key]: Math.floor(value) } as { [key in K]?: number }) : {}
}
