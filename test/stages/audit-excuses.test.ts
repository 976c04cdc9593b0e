import { describe, expect, it } from "vitest"
import { judgeVulnerabilities, mergeAliases, type Vulnerability } from "../../src/stages/audit-excuses.js"

const hole = (ids: Vulnerability["ids"], facts: Partial<Vulnerability> = {}): Vulnerability => ({
  tool: "pip-audit",
  name: "urllib3",
  version: "1.26.4",
  ids,
  fixed: ["1.26.5"],
  description: "",
  severity: "high",
  ...facts,
})
const KNOWN = hole(["PYSEC-2021-108", "CVE-2021-33503"])
const excuse = (id: string, expires: string) => ({ id, reason: "parses no foreign URL", expires })
const judged = (...ignore: ReturnType<typeof excuse>[]) =>
  judgeVulnerabilities([KNOWN], { ignore, today: "2026-11-24" })

describe("judgeVulnerabilities", () => {
  it.each(["PYSEC-2021-108", "CVE-2021-33503", "cve-2021-33503"])(
    "makes a note of what %s excuses, and says why",
    (id) => {
      expect(judged(excuse(id, "2026-11-24"))).toMatchObject([
        { severity: "note", help: "excused until 2026-11-24: parses no foreign URL" },
      ])
    },
  )

  it("takes an excuse that has expired for none, and names the day", () => {
    const [finding] = judged(excuse("CVE-2021-33503", "2026-11-23"))
    expect(finding).toMatchObject({ severity: "high", message: expect.stringContaining("expired on 2026-11-23") })
  })

  it("takes the excuse that holds longest, whichever stands first", () => {
    const both = [excuse("CVE-2021-33503", "2026-01-01"), excuse("PYSEC-2021-108", "2027-01-01")]
    expect(judged(...both)[0]?.severity).toBe("note")
    expect(judged(...both.reverse())[0]?.severity).toBe("note")
  })

  it("remarks an excuse that excuses nothing, and fails nothing for it", () => {
    expect(judged(excuse("PYSEC-2021-108", "2027-01-01"), excuse("CVE-2000-1", "2020-01-01"))).toMatchObject([
      { rule: "PYSEC-2021-108" },
      { rule: "idle-excuse", severity: "note", message: expect.stringContaining("CVE-2000-1 excuses nothing") },
    ])
  })

  it("offers no version where none is fixed", () => {
    const [finding] = judgeVulnerabilities([hole(["X-1"], { fixed: [] })], { ignore: [], today: "2026-11-24" })
    expect(finding).toMatchObject({
      message: "urllib3 1.26.4: X-1; no fixed version",
      help: expect.stringContaining("audit.ignore"),
    })
  })
})

describe("mergeAliases", () => {
  it.each<[string, Vulnerability[], string[][]]>([
    ["shared alias", [hole(["A", "C"]), hole(["B", "C"])], [["A", "C", "B"]]],
    ["one that joins two", [hole(["A"]), hole(["B"]), hole(["C", "A", "B"])], [["A", "B", "C"]]],
    ["nothing shared", [hole(["A"]), hole(["B"])], [["A"], ["B"]]],
    ["another version of the package", [hole(["A"]), hole(["A"], { version: "2" })], [["A"], ["A"]]],
    ["another package", [hole(["A"]), hole(["A"], { name: "six" })], [["A"], ["A"]]],
  ])("makes one of all that share a name: %s", (_, found, ids) => {
    expect(mergeAliases(found).map((each) => each.ids)).toEqual(ids)
  })
})
