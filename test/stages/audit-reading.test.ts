import { describe, expect, it } from "vitest"
import { settingsSchema } from "../../src/project/settings.js"
import { audit } from "../../src/stages/audit.js"
import { readAudit } from "../../src/stages/audit-reading.js"
import { executed, reading, transcript } from "./transcripts.js"

const at = (day: string, name = "found") => ({
  ...executed({ command: "pip-audit", exit: 1, reports: { audit: transcript(`audit/${name}.json`) } }),
  started: Date.parse(`${day}T12:00:00Z`),
})

const excusing = (id: string, expires: string) => ({
  ...reading(),
  settings: settingsSchema.parse({ audit: { ignore: [{ id, reason: "never parses foreign URLs", expires }] } }),
})

function verdict(read: ReturnType<typeof readAudit>) {
  if (read.kind !== "looked") throw new Error(read.reason)
  return audit.gate?.judge(read, reading().settings).passed
}

describe("readAudit", () => {
  it("names package, advisory, aliases and the fixed version", () => {
    const read = readAudit([at("2026-11-24")], reading())
    expect(read).toMatchObject({
      kind: "looked",
      findings: [
        { rule: "PYSEC-2021-108", severity: "high", message: /urllib3 1.26.4: .*CVE-2021-33503.*fixed in 1.26.5/ },
      ].map((finding) => ({ ...finding, message: expect.stringMatching(finding.message) })),
      measures: { packages: 2, vulnerabilities: 1, excused: 0 },
    })
    expect(verdict(read)).toBe(false)
  })

  it.each(["PYSEC-2021-108", "CVE-2021-33503"])("passes what is excused by %s, and says why", (id) => {
    const read = readAudit([at("2026-11-24")], excusing(id, "2026-11-24"))
    expect(verdict(read)).toBe(true)
    expect(read).toMatchObject({ measures: { vulnerabilities: 1, excused: 1 } })
    expect(read.kind === "looked" && read.findings[0]?.help).toContain("never parses foreign URLs")
  })

  it("fails once the excuse has expired", () => {
    const read = readAudit([at("2026-11-25")], excusing("PYSEC-2021-108", "2026-11-24"))
    expect(verdict(read)).toBe(false)
    expect(read.kind === "looked" && read.findings[0]?.help).toContain("expired on 2026-11-24")
  })

  it("could not look where a package could not be looked up, though pip-audit exits with 0", () => {
    const skipped = executed({ command: "pip-audit", reports: { audit: transcript("audit/skipped.json") } })
    expect(readAudit([skipped], reading())).toMatchObject({
      kind: "errored",
      reason: expect.stringMatching(/2 of 2 packages could not be looked up/),
    })
  })

  it("could not look where the service does not answer, though pip-audit exits as for a finding", () => {
    const refused = executed({ command: "pip-audit", exit: 1, stderr: transcript("audit/refused.err") })
    expect(readAudit([refused], reading())).toMatchObject({
      kind: "errored",
      reason: expect.stringContaining("Connection refused"),
    })
  })
})
