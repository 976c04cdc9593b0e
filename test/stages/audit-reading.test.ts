import { describe, expect, it } from "vitest"
import { settingsSchema } from "../../src/project/settings.js"
import { audit } from "../../src/stages/audit.js"
import { readAudit } from "../../src/stages/audit-reading.js"
import { executed, reading, transcript } from "./transcripts.js"

const ABOUT = { version: "2.10.1", private: {}, advisories: null }

interface Left {
  readonly exit?: number
  readonly audit?: string
  readonly about?: object
  readonly stderr?: string
}

const left = ({ exit = 0, audit: report, about = {}, stderr = "" }: Left) => {
  const reports = { audit: report, about: JSON.stringify({ ...ABOUT, ...about }) }
  return { ...executed({ command: "pip-audit", exit, stderr, reports }), started: Date.parse("2026-11-24T12:00:00Z") }
}

const found = (about: object = {}) => left({ exit: 1, audit: transcript("audit/found.json"), about })
const skipped = (about: object = {}) => left({ audit: transcript("audit/skipped.json"), about })
const set = (settings: object) => ({ ...reading(), settings: settingsSchema.parse(settings) })

function verdict(read: ReturnType<typeof readAudit>) {
  if (read.kind !== "looked") throw new Error(read.kind)
  return audit.gate?.judge(read, reading().settings)
}

describe("readAudit", () => {
  it("names package, advisory, aliases and the fixed version, and what to require", () => {
    const read = readAudit([found()], reading())
    expect(read).toMatchObject({
      kind: "looked",
      findings: [
        {
          rule: "PYSEC-2021-108",
          severity: "high",
          subject: "urllib3",
          message: "urllib3 1.26.4: PYSEC-2021-108, CVE-2021-33503, GHSA-q2q7-5pp4-w6pg; fixed in 1.26.5",
          help: "require urllib3>=1.26.5, and lock it",
        },
      ],
      measures: { packages: 2, vulnerabilities: 1, excused: 0, service: "pypi" },
      tools: [{ name: "pip-audit", version: "2.10.1" }],
    })
    expect(verdict(read)).toEqual({ passed: false, message: "1 known vulnerability" })
  })

  it("counts a release once that stands in several requirements files", () => {
    const { dependencies } = JSON.parse(transcript("audit/found.json")) as { dependencies: object[] }
    const twice = JSON.stringify({ dependencies: [...dependencies, ...dependencies] })
    expect(readAudit([left({ exit: 1, audit: twice })], reading())).toMatchObject({
      measures: { packages: 2, vulnerabilities: 1 },
    })
  })

  it("says which packages of one's own no service was told of", () => {
    expect(readAudit([found({ private: { ours: "1.0" } })], reading())).toMatchObject({
      measures: { private: ["ours"] },
    })
  })

  it("could not look where packages could not be looked up, though pip-audit exits with 0, and names them", () => {
    expect(readAudit([skipped()], reading())).toMatchObject({
      kind: "errored",
      reason: "2 of 2 packages could not be looked up (pypi): six, urllib3",
      next: expect.stringContaining('audit.private = ["six", "urllib3"]'),
    })
  })

  it.each([
    ["nobody named a service", {}, "not-applicable"],
    ["a person named it", { audit: { service: "pypi" } }, "errored"],
    ["the policy is strict", { policy: "strict" }, "errored"],
  ])("takes an index without advisories where %s for %o: %s", (_, settings, kind) => {
    const read = readAudit([skipped({ advisories: false })], set(settings))
    expect(read).toMatchObject({ kind, reason: expect.stringContaining("serves no advisories") })
  })

  it.each([
    ["refused.err", /gave no answer: .*Connection refused/],
    ["unavailable.err", /gave no answer: 503 Service Unavailable/],
  ])("could not look where the service does not answer, though pip-audit exits as for a finding: %s", (name, why) => {
    const refused = left({ exit: 1, stderr: transcript(`audit/${name}`) })
    expect(readAudit([refused], reading())).toMatchObject({
      kind: "errored",
      reason: expect.stringMatching(why),
      next: expect.stringContaining("audit.service"),
    })
  })
})

describe("the gate of audit", () => {
  it("says how much was asked about, and what was excused", () => {
    const ignore = [{ id: "CVE-2021-33503", reason: "parses no foreign URL", expires: "2999-01-01" }]
    expect(verdict(readAudit([found()], set({ audit: { ignore } })))).toMatchObject({
      passed: true,
      remark: "2 packages, 1 excused",
    })
  })
})
