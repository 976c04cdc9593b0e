import { createHash } from "node:crypto"
import { describe, expect, it } from "vitest"
import { type CommitRun, checksumsOf, createWorkshop } from "../../src/door/workshop.js"
import type { CellReport } from "../../src/pipeline/report.js"
import type { BuildOrder } from "../../src/release/execute/workshop.js"
import { planOf } from "../release/execute/rig.js"

const plan = await planOf()
const ORDER: BuildOrder = {
  plan,
  release: { commit: plan.head, time: 1_700_000_000, tag: { name: "v1.3.0", object: plan.head, content: "" } },
}
const WHEEL = { path: "artifacts/build/wheel/engine-1.3.0-py3-none-any.whl", sha256: "aa".repeat(32), bytes: 9 }
const SBOM = { path: "artifacts/sbom@3.13/sbom/engine-1.3.0.cdx.json", sha256: "bb".repeat(32), bytes: 7 }
const COVERAGE = { path: "artifacts/test@3.13/coverage-data/.coverage", sha256: "cc".repeat(32), bytes: 5 }

function cell(given: Partial<CellReport>): CellReport {
  return {
    ...{ stage: "build", cell: "", outcome: "passed", seconds: 1, cached: false, attempts: 1 },
    ...{ tools: [], measures: {}, findings: [], artifacts: [] },
    ...given,
  }
}

function runWith(...cells: readonly CellReport[]): CommitRun {
  const outcome = cells.some((each) => each.outcome === "passed") ? "passed" : "skipped"
  return { report: { outcome, cells } as unknown as CommitRun["report"], imports: ["engine"], image: null }
}

const gateOf = (message: string) => ({ demands: "all pass", passed: false, message })

/** The order under settings that let these fail. */
function allowing(...allowedFailures: string[]): BuildOrder {
  const settings = { ...plan.settings, release: { ...plan.settings.release, allowedFailures } }
  return { ...ORDER, plan: { ...plan, settings } }
}

const workshopOf = (...runs: readonly CommitRun[]) => {
  const left = [...runs]
  const orders: BuildOrder[] = []
  const workshop = createWorkshop({
    run: async (order) => {
      orders.push(order)
      const next = left.shift()
      if (next === undefined) throw new Error("one run too many")
      return next
    },
  })
  return { workshop, orders }
}

describe("building a release commit", () => {
  it("gives distributions and SBOM with their digests, and a list that sha256sum reads", async () => {
    const { workshop } = workshopOf(runWith(cell({ artifacts: [WHEEL] }), cell({ artifacts: [SBOM, COVERAGE] })))
    const sums = `${WHEEL.sha256}  engine-1.3.0-py3-none-any.whl\n${SBOM.sha256}  engine-1.3.0.cdx.json\n`

    expect(await workshop.build(ORDER)).toEqual({
      kind: "built",
      built: {
        artifacts: [
          { kind: "wheel", name: "engine-1.3.0-py3-none-any.whl", sha256: WHEEL.sha256, size: 9 },
          { kind: "sbom", name: "engine-1.3.0.cdx.json", sha256: SBOM.sha256, size: 7 },
          {
            kind: "checksums",
            name: "SHA256SUMS",
            sha256: createHash("sha256").update(sums).digest("hex"),
            size: sums.length,
          },
        ],
        image: null,
        imports: ["engine"],
        allowed: [],
      },
    })
  })

  it.each<[string, Partial<CellReport>, string, string]>([
    ["failed", { outcome: "failed" }, "failed", "test@3.13 failed on the release commit"],
    ["could not look", { outcome: "errored" }, "could-not-look", "test@3.13 could not look"],
    ["had no interpreter", { outcome: "skipped", skip: "no-image" }, "could-not-look", "nobody examined test@3.13"],
    ["was cancelled", { outcome: "skipped", skip: "cancelled" }, "could-not-look", "nobody examined test@3.13"],
  ])("does not ship what a cell %s", async (_, given, kind, why) => {
    const { workshop } = workshopOf(runWith(cell({}), cell({ stage: "test", cell: "3.13", ...given })))

    expect(await workshop.build(ORDER)).toMatchObject({ kind, why, next: expect.stringMatching(/./) })
  })

  it.each<[string, Partial<CellReport>, string]>([
    ["failed", { outcome: "failed", gate: gateOf("2 of 9 failed") }, "failed (2 of 9 failed)"],
    ["could not look", { outcome: "errored", reason: "no network" }, "nobody examined it (no network)"],
    [
      "had no interpreter",
      { outcome: "skipped", skip: "no-image", reason: "no image of Python 3.14" },
      "nobody examined it (no image of Python 3.14)",
    ],
  ])("ships what a cell %s that settings name, and says so", async (_, given, why) => {
    const run = () => runWith(cell({}), cell({ stage: "test", cell: "3.14", ...given }))

    expect(await workshopOf(run()).workshop.build(allowing("test@3.14"))).toMatchObject({
      kind: "built",
      built: { allowed: [{ cell: "test@3.14", why }] },
    })
    expect(await workshopOf(run()).workshop.build(allowing("test"))).toMatchObject({ kind: "built" })
    expect(await workshopOf(run()).workshop.build(allowing("test@3.13"))).not.toMatchObject({ kind: "built" })
  })

  it("says nothing of an allowed failure that did not happen", async () => {
    const { workshop } = workshopOf(runWith(cell({}), cell({ stage: "audit" })))
    expect(await workshop.build(allowing("audit"))).toMatchObject({ built: { allowed: [] } })
  })

  it("ships although a stage had nothing to do, but not where all had", async () => {
    const idle = cell({ stage: "types", outcome: "skipped", skip: "not-applicable" })

    expect((await workshopOf(runWith(cell({}), idle)).workshop.build(ORDER)).kind).toBe("built")
    expect((await workshopOf(runWith(idle)).workshop.build(ORDER)).kind).toBe("could-not-look")
  })
})

describe("getting at bytes that were built before", () => {
  const needed = (sha256: string) => ({
    artifacts: [{ kind: "wheel", name: "engine.whl", sha256, size: 9 } as const],
    image: null,
  })

  it("builds nothing where they were built here", async () => {
    const { workshop, orders } = workshopOf(runWith(cell({ artifacts: [WHEEL] })))
    await workshop.build(ORDER)

    expect(await workshop.bring(needed(WHEEL.sha256), ORDER)).toEqual({ kind: "at-hand" })
    expect(orders).toHaveLength(1)
  })

  it("builds them again elsewhere, and believes nothing but the digest", async () => {
    const same = workshopOf(runWith(cell({ artifacts: [WHEEL] })))
    const other = workshopOf(runWith(cell({ artifacts: [WHEEL] })))

    expect(await same.workshop.bring(needed(WHEEL.sha256), ORDER)).toEqual({ kind: "at-hand" })
    expect(same.orders).toEqual([ORDER])
    expect(await other.workshop.bring(needed("dd".repeat(32)), ORDER)).toMatchObject({ kind: "gone" })
  })

  it("has no image but the one that it made", async () => {
    const image = `sha256:${"ee".repeat(32)}`
    const { workshop } = workshopOf({ ...runWith(cell({})), image }, runWith(cell({})))
    await workshop.build(ORDER)

    expect(await workshop.bring({ artifacts: [], image }, ORDER)).toEqual({ kind: "at-hand" })
    expect(await workshop.bring({ artifacts: [], image: `sha256:${"ff".repeat(32)}` }, ORDER)).toMatchObject({
      kind: "gone",
    })
  })

  it("says what was in its way where building again was not possible", async () => {
    const { workshop } = workshopOf(runWith(cell({ outcome: "errored" })))

    expect(await workshop.bring(needed(WHEEL.sha256), ORDER)).toMatchObject({ kind: "could-not-look" })
  })
})

it("the list of digests does not name itself", () => {
  const sums = { kind: "checksums", name: "SHA256SUMS", sha256: "00".repeat(32), size: 1 } as const
  expect(checksumsOf([sums])).toBe("")
})
