import { describe, expect, it } from "vitest"
import { settingsSchema } from "../../src/project/settings.js"
import { outdated } from "../../src/stages/outdated.js"
import { readOutdated } from "../../src/stages/outdated-reading.js"
import { readSbom } from "../../src/stages/sbom-reading.js"
import { executed, reading, transcript } from "./transcripts.js"

const compared = (text: string) =>
  readOutdated([executed({ command: "compare", reports: { outdated: text } })], reading())

describe("readOutdated", () => {
  it("says how far behind each package is, and which are the project's own", () => {
    const read = compared(transcript("outdated/itsdangerous.json"))
    if (read.kind !== "looked") throw new Error(read.reason)
    const freezegun = read.findings.find(({ message }) => message.startsWith("freezegun"))
    expect(freezegun).toMatchObject({
      rule: "direct",
      severity: "warning",
      message: "freezegun 1.4.0 is not the newest, 1.5.5, 19 months behind (test)",
    })
    expect(read.findings.find(({ message }) => message.startsWith("iniconfig"))?.severity).toBe("note")
  })

  it.each([
    [{}, true],
    [{ outdated: { gate: true } }, false],
    [{ policy: "strict" }, false],
  ])("fails only where it is asked to: %o", (settings, passed) => {
    const read = compared(transcript("outdated/itsdangerous.json"))
    expect(read.kind === "looked" && outdated.gate?.judge(read, settingsSchema.parse(settings)).passed).toBe(passed)
  })

  it("could not look where the index did not answer", () => {
    const failed = "error: Failed to fetch: …/simple/six/\n"
    expect(compared(JSON.stringify({ packages: 1, outdated: [], failed })).kind).toBe("errored")
    expect(readOutdated([executed({ command: "compare" })], reading()).kind).toBe("errored")
  })
})

describe("readSbom", () => {
  it("does not take a bill that was not written for an empty one", () => {
    expect(readSbom([executed({ command: "cyclonedx", exit: 1, stderr: "boom" })], reading())).toMatchObject({
      kind: "errored",
      reason: expect.stringContaining("boom"),
    })
    const sbom = '{"components": 0, "spec": "1.6", "version": "7.5.0"}'
    expect(readSbom([executed({ command: "cyclonedx", reports: { sbom } })], reading())).toMatchObject({
      kind: "looked",
      measures: { components: 0 },
    })
  })
})
