import { describe, expect, it } from "vitest"
import { settingsSchema } from "../../src/project/settings.js"
import { outdatedGate } from "../../src/stages/outdated-gate.js"
import { readOutdated } from "../../src/stages/outdated-reading.js"
import { executed, reading, transcript } from "./transcripts.js"

const compared = (text: string, settings: object = {}) =>
  readOutdated(
    [
      {
        ...executed({ command: "compare", reports: { outdated: text } }),
        started: Date.parse("2026-11-24T23:00:00Z"),
      },
    ],
    { ...reading(), settings: settingsSchema.parse(settings) },
  )

const behind = (days: readonly (number | null)[]) => ({
  findings: [],
  measures: { outdated: days.length, direct: days.map((age, i) => ({ name: `p${i}`, days: age })) },
})

describe("readOutdated", () => {
  it("says for how long a newer release has been out, and which packages are the project's own", () => {
    const read = compared(transcript("outdated/itsdangerous.json"))
    if (read.kind !== "looked") throw new Error(read.kind)
    const of = (name: string) => read.findings.find(({ subject }) => subject === name)
    expect(of("python-dateutil")).toMatchObject({
      rule: "indirect",
      severity: "note",
      message: "python-dateutil 2.9.0.post0 is not the newest, 4.0.0; a newer one is out for 34 days (test)",
    })
    expect(of("freezegun")).toMatchObject({ rule: "direct", severity: "warning" })
    expect(read.measures).toMatchObject({
      packages: 12,
      outdated: 12,
      direct: [{ name: "freezegun" }, { name: "pytest" }],
    })
  })

  it("says that an age is unknown where the index does not tell", () => {
    const one = { name: "six", version: "1.16.0", purpose: "runtime", newest: "1.17.0", direct: true, since: null }
    expect(compared(JSON.stringify({ packages: 1, outdated: [one] }))).toMatchObject({
      findings: [{ message: expect.stringContaining("out for an unknown time") }],
    })
  })

  it.each<[string, object, readonly (number | null)[], boolean]>([
    ["nobody asks", {}, [400], true],
    ["the setting asks", { outdated: { gate: true } }, [0], false],
    ["the policy is strict", { policy: "strict" }, [1], false],
    ["all is young enough", { outdated: { maxAge: 30 } }, [30], true],
    ["one is too old", { outdated: { maxAge: 30 } }, [2, 31], false],
    ["an age is unknown", { outdated: { maxAge: 30 } }, [null], false],
    [
      "the strict policy leaves the time that the setting gives",
      { policy: "strict", outdated: { maxAge: 30 } },
      [5],
      true,
    ],
    ["only others are behind", { policy: "strict" }, [], true],
  ])("passes or fails where %s", (_, settings, days, passed) => {
    expect(outdatedGate.judge(behind(days), settingsSchema.parse(settings)).passed).toBe(passed)
  })

  it("could not look where the index did not answer", () => {
    const failed = "hint: An index URL (https://own.example) could not be queried (401 Unauthorized)\n"
    const index = { url: "https://own.example", credential: "OWN" }
    expect(compared(JSON.stringify({ packages: 1, outdated: [], failed }), { index })).toMatchObject({
      kind: "errored",
      reason: expect.stringContaining("does not accept the secret OWN"),
    })
    expect(readOutdated([executed({ command: "compare" })], reading()).kind).toBe("errored")
  })
})
