import { describe, expect, it } from "vitest"
import { settingsSchema } from "../../src/project/settings.js"
import { security } from "../../src/stages/security.js"
import { readSecurity } from "../../src/stages/security-reading.js"
import { executed, reading, transcript } from "./transcripts.js"

const bandit = (text: string, exit = 1) => executed({ command: "bandit", exit, reports: { bandit: text } })
const withSettings = (table: object) => ({ ...reading(), settings: settingsSchema.parse({ security: table }) })
const click = () => bandit(transcript("bandit/click.json"))

describe("readSecurity", () => {
  it("counts by severity and places each finding", () => {
    const read = readSecurity([click()], reading())
    expect(read).toMatchObject({ kind: "looked", measures: { high: 2, medium: 1, low: 2 } })
    const low = read.kind === "looked" ? read.findings.find(({ rule }) => rule === "B110") : undefined
    expect(low).toMatchObject({ severity: "low", file: "src/click/_compat.py", line: 82, column: 17 })
  })

  it.each([
    ["high", false],
    ["medium", false],
    ["low", false],
  ] as const)("fails from severity %s on", (severity, passed) => {
    const ctx = withSettings({ severity })
    const read = readSecurity([click()], ctx)
    expect(read.kind === "looked" && security.gate?.judge(read, ctx.settings).passed).toBe(passed)
  })

  it("passes over LOW findings, for which bandit exits with 1 too", () => {
    const all = JSON.parse(transcript("bandit/click.json"))
    const low = {
      ...all,
      results: all.results.filter((each: { issue_severity: string }) => each.issue_severity === "LOW"),
    }
    const read = readSecurity([bandit(JSON.stringify(low))], reading())
    expect(read.kind === "looked" && read.findings.length).toBe(2)
    expect(read.kind === "looked" && security.gate?.judge(read, reading().settings).passed).toBe(true)
  })

  it("makes notes of what bandit is less sure of than the setting demands", () => {
    const text = transcript("bandit/click.json").replaceAll('"issue_confidence": "HIGH"', '"issue_confidence": "LOW"')
    const read = readSecurity([bandit(text)], withSettings({ confidence: "medium" }))
    expect(read.kind === "looked" && new Set(read.findings.map(({ severity }) => severity))).toEqual(new Set(["note"]))
  })

  it("could not look where bandit could not parse a file, though it exits with 0", () => {
    const reason = "syntax error while parsing AST from file"
    const text = JSON.stringify({ errors: [{ filename: "src/demo/bad.py", reason }], results: [] })
    expect(readSecurity([bandit(text, 0)], reading())).toMatchObject({
      kind: "errored",
      reason: `bandit could not read src/demo/bad.py: ${reason}`,
    })
  })

  it("is never green without a report", () => {
    expect(readSecurity([executed({ command: "bandit" })], reading()).kind).toBe("errored")
    expect(readSecurity([executed({ command: "bandit", exit: 2, stderr: "usage" })], reading()).kind).toBe("errored")
  })
})
