import { describe, expect, it } from "vitest"
import { decodeJournal, encodeJournal } from "../../../src/release/journal/codec.js"
import { decodeReceipt, encodeReceipt } from "../../../src/release/journal/receipt.js"
import type { Built, Journal } from "../../../src/release/journal/schema.js"
import {
  beginAct,
  forgetBuilt,
  layDown,
  openJournal,
  recordBuilt,
  recordReceipt,
  takeOver,
} from "../../../src/release/journal/transitions.js"
import { planRelease } from "../../../src/release/plan-release.js"
import { factsOf, hashOf, NOW, policy } from "../fixture.js"

const HOLDER = { kind: "process", id: "a1", host: "laptop", pid: 77 } as const
const JOB = { kind: "job", id: "b2", url: "https://ci.example/jobs/9" } as const
const BUILT: Built = {
  artifacts: [{ kind: "sdist", name: "engine-1.3.0.tar.gz", sha256: "aa".repeat(32), size: 12 }],
  image: null,
  imports: ["engine"],
  allowed: [],
}
const at = (minutes: number, nonce: string) => ({ now: NOW + minutes * 60_000, nonce })

async function opened(): Promise<Journal> {
  const plan = await planRelease(factsOf({ version: "1.2.0", history: ["feat: one"] }), policy(), NOW)
  if (plan.kind !== "release") throw new Error("no plan")
  const tag = { name: "v1.2.0", object: hashOf(8), content: "object …\n" }
  return openJournal({ plan, commit: { commit: hashOf(9), time: 1_700_000_000, tag }, holder: HOLDER }, at(0, "n0"))
}

describe("the journal's text", () => {
  it("gives back what was written", async () => {
    const journal = recordBuilt(await opened(), BUILT, at(1, "n1"))

    expect(decodeJournal(encodeJournal(journal))).toEqual({ kind: "journal", journal })
  })

  it("is refused by its number where a newer Quillon wrote it, whatever else it holds", () => {
    expect(decodeJournal('{"schema": 2, "plan": "in a new form"}')).toMatchObject({
      code: "NEWER_JOURNAL",
      message: "the journal has schema version 2, this Quillon reads 1",
      next: "use the Quillon that made the journal, or a newer one",
    })
  })

  it.each([
    ["", "is no JSON object"],
    ["[1", "is no JSON object"],
    ["null", "is no JSON object"],
    ["{}", "has a bad schema"],
    ['{"schema": 1}', "has a bad release"],
  ])("is refused where it is %j", (text, why) => {
    expect(decodeJournal(text)).toMatchObject({ code: "BAD_JOURNAL", message: expect.stringContaining(why) })
  })

  it("is refused where a digest is none", async () => {
    const journal = recordBuilt(await opened(), BUILT, at(1, "n1"))
    const text = encodeJournal(journal).replace("aa".repeat(32), "aa")

    expect(decodeJournal(text)).toMatchObject({ message: expect.stringContaining("built.artifacts.0.sha256") })
  })
})

describe("the journal", () => {
  it("begins with nothing built and nothing written, named by its first nonce", async () => {
    expect(await opened()).toMatchObject({
      release: "n0",
      nonce: "n0",
      started: "2026-11-24T12:00:00.000Z",
      built: null,
      begun: null,
      receipts: [],
    })
  })

  it("has another nonce and time with each writing, and keeps its name", async () => {
    const next = takeOver(await opened(), JOB, at(5, "n5"))

    expect(next).toMatchObject({
      release: "n0",
      nonce: "n5",
      started: "2026-11-24T12:00:00.000Z",
      written: "2026-11-24T12:05:00.000Z",
      holder: JOB,
    })
  })

  it("knows which write may be under way, until its receipt is there", async () => {
    const begun = beginAct(await opened(), "push", at(2, "n2"))
    const receipt = { outcome: "done", what: "v1.2.0", where: "git remote" } as const

    expect(begun.begun).toEqual({ act: "push", when: "2026-11-24T12:02:00.000Z" })
    expect(recordReceipt(begun, { act: "index:a", ...receipt }, NOW).begun?.act).toBe("push")
    expect(recordReceipt(begun, { act: "push", ...receipt }, NOW)).toMatchObject({
      begun: null,
      receipts: [{ act: "push", when: "2026-11-24T12:00:00.000Z" }],
    })
  })

  it("has no holder where it was laid down", async () => {
    expect(layDown(await opened(), at(3, "n3")).holder).toBeNull()
  })

  it("forgets with what was built all that tells of it", async () => {
    const built = recordBuilt(beginAct(await opened(), "stage:draft", at(1, "n1")), BUILT, at(1, "n2"))
    const told = recordReceipt(built, { act: "stage:draft", outcome: "done", what: "draft", where: "github" }, NOW)

    expect(forgetBuilt(told, at(2, "n3"))).toMatchObject({ built: null, begun: null, receipts: [] })
  })
})

describe("the receipt", () => {
  it("says the same whoever held the journal, and when", async () => {
    const journal = recordBuilt(await opened(), BUILT, at(1, "n1"))
    const other = layDown(takeOver(journal, JOB, at(5, "n5")), at(6, "n6"))

    expect(encodeReceipt(other, BUILT)).toBe(encodeReceipt(journal, BUILT))
    expect(decodeReceipt(encodeReceipt(journal, BUILT))).toMatchObject({
      kind: "receipt",
      receipt: { release: "n0", built: BUILT },
    })
  })

  it("is refused by its number where a newer Quillon wrote it", () => {
    expect(decodeReceipt('{"schema": 7}')).toMatchObject({ code: "NEWER_RECEIPT" })
  })
})
