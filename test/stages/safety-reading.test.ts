import { describe, expect, it } from "vitest"
import { settingsSchema } from "../../src/project/settings.js"
import { readAudit } from "../../src/stages/audit-reading.js"
import { executed, reading, transcript } from "./transcripts.js"

const context = (audit: object = {}) => ({
  ...reading(),
  settings: settingsSchema.parse({ audit: { tool: "safety", ...audit } }),
})
const found = (exit = 64) =>
  readAudit([executed({ command: "safety", exit, reports: { safety: transcript("safety/found.json") } })], context())
const refused = (name: string, exit: number, secrets: readonly string[] = []) =>
  readAudit([executed({ command: "safety", exit, stderr: transcript(`safety/${name}.err`) })], context({ secrets }))

describe("readSafety", () => {
  it("brings what safety found into the shape that pip-audit's findings have", () => {
    const read = found()
    expect(
      read.kind === "looked" && read.findings.map(({ rule, subject, message }) => [rule, subject, message]),
    ).toEqual([
      ["70000", "jinja2", "jinja2 2.10: 70000, CVE-2019-10906; no fixed version"],
      ["70001", "jinja2", "jinja2 2.10: 70001, CVE-2020-28493; no fixed version"],
      ["70002", "urllib3", "urllib3 1.26.4: 70002, CVE-2021-33503; no fixed version"],
    ])
    expect(read).toMatchObject({
      measures: { packages: 3, vulnerabilities: 3 },
      tools: [{ name: "safety", version: "3.8.1" }],
    })
  })

  it("could not look where safety ended otherwise, though it left a report", () => {
    expect(found(1).kind).toBe("errored")
  })

  it("says that a key is missing where the service can't be had without one", () => {
    expect(refused("unreachable", 1)).toMatchObject({
      kind: "errored",
      reason: "safety could not look: Check your network connection, unable to reach the server.",
      next: expect.stringContaining('audit.secrets = ["SAFETY_API_KEY"]'),
    })
  })

  it("says that the key is wrong, and names the secret", () => {
    expect(refused("wrong-key", 65, ["SAFETY_API_KEY"])).toMatchObject({
      reason: "safety could not look: its service does not accept the key",
      next: expect.stringContaining("the value of SAFETY_API_KEY"),
    })
  })
})
