import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { ReleasePlan } from "../../../src/release/plan/schema.js"
import { pushElse } from "../../targets/fake/git.js"
import { type Fault, Killed } from "../../targets/fake/network.js"
import { createRig, planOf, type Rig } from "./rig.js"
import { repeatedWrites, stateOf } from "./state.js"

const plan = await planOf()
const whole = createRig(plan.head)
const verbs: ("look" | "write")[] = []
whole.network.wish(({ verb }, number) => {
  verbs[number] = verb
  return undefined
})
await whole.machine("laptop").release(plan)
/** What an uninterrupted release leaves, and how many requests it takes. */
const WHOLE = stateOf(whole)
const REQUESTS = verbs.length

interface Disturbance {
  /** Faults by the number of the request. */
  readonly faults: ReadonlyMap<number, Fault>
  readonly elsewhere?: boolean
  /** Somebody pushes to main after the first kill. */
  readonly push?: boolean
}

/** Releases, and after each kill again, here or on another machine, until a run ends by itself. */
async function releaseThrough(rig: Rig, { faults, elsewhere = false, push = false }: Disturbance) {
  rig.network.wish((_, number) => faults.get(number))
  let pushed = false
  for (let life = 0; life < 20; life += 1) {
    try {
      return await rig.machine(elsewhere ? `machine ${life}` : "laptop").release(plan)
    } catch (error) {
      if (!(error instanceof Killed)) throw error
      if (push && !pushed) pushElse(rig.servers.git, "else")
      pushed = true
    }
  }
  throw new Error("killed twenty times")
}

/** A look changes nothing, so that it is the same whether its answer was still seen. */
const MOMENTS = { look: ["before"], write: ["before", "after"] } as const
const KILLS = verbs.flatMap((verb, at) => MOMENTS[verb].map((moment) => ({ at, moment, verb })))
const KILLED_WRITES = KILLS.filter(({ verb }) => verb === "write")

describe("a release that is killed", () => {
  it("takes so many requests that there is something to kill", () => {
    expect(REQUESTS).toBeGreaterThan(60)
  })

  it.each([
    { request: "write", place: "here", kills: KILLED_WRITES, elsewhere: false },
    { request: "request", place: "on another machine", kills: KILLS, elsewhere: true },
  ])(
    "at any $request, before or after it arrived, ends as the undisturbed one when resumed $place",
    async ({ kills, elsewhere }) => {
      for (const { at, moment } of kills) {
        const rig = createRig(plan.head)
        const faults = new Map([[at, { kind: "crash", moment } as Fault]])
        const end = await releaseThrough(rig, { faults, elsewhere })

        const told = `killed ${moment} request ${at}`
        expect(end.kind, told).toMatch(/^(already-)?released$/)
        expect(stateOf(rig), told).toEqual(WHOLE)
        expect(repeatedWrites(rig), told).toEqual([])
      }
    },
  )

  it("ends whole or not at all where somebody pushes to main in between", async () => {
    const ends = new Set<string>()
    for (const { at, moment } of KILLED_WRITES) {
      const rig = createRig(plan.head)
      const faults = new Map([[at, { kind: "crash", moment } as Fault]])
      const end = await releaseThrough(rig, { faults, elsewhere: true, push: true })
      ends.add(end.kind)

      const told = `killed ${moment} request ${at}: ${JSON.stringify(end)}`
      if (rig.servers.git.tags.has("v1.3.0")) expectWhole(rig, plan, told)
      else expectNothing(rig, told)
      expect(repeatedWrites(rig), told).toEqual([])
    }
    expect([...ends].sort()).toEqual(["already-released", "refused", "released", "withdrawn"])
  })

  it("ends as the undisturbed one under any disturbance of any requests", async () => {
    const fault = fc.oneof(
      fc.constantFrom<Fault>(
        { kind: "crash", moment: "before" },
        { kind: "crash", moment: "after" },
        { kind: "answer-lost" },
        { kind: "request-lost" },
        { kind: "unavailable" },
      ),
      fc.nat(30).map((retryAfter): Fault => ({ kind: "rate-limited", retryAfter })),
    )
    // Requests that fail in a row outlast patience; those that lie apart do not.
    const faults = fc
      .uniqueArray(fc.tuple(fc.nat(REQUESTS), fault), { selector: ([at]) => Math.floor(at / 3), maxLength: 6 })
      .map((each) => new Map(each))
    await fc.assert(
      fc.asyncProperty(faults, fc.boolean(), fc.nat(30), async (wished, elsewhere, lag) => {
        const rig = createRig(plan.head, { lag })
        const end = await releaseUntilOver(rig, { faults: wished, elsewhere })

        expect(end).toMatch(/^(already-)?released$/)
        expect(stateOf(rig)).toEqual(WHOLE)
        expect(repeatedWrites(rig)).toEqual([])
      }),
      { numRuns: 40, seed: 20261124 },
    )
  })
})

/** A run may also end by waiting, or be refused where a target could not be looked at: then people run it again. */
async function releaseUntilOver(rig: Rig, disturbance: Disturbance): Promise<string> {
  for (let runs = 0; runs < 20; runs += 1) {
    const end = await releaseThrough(rig, disturbance)
    if (end.kind !== "stopped" && end.kind !== "refused") return end.kind
  }
  return "never over"
}

function expectWhole(rig: Rig, { head }: ReleasePlan, told: string): void {
  const { main, ...rest } = WHOLE as { readonly main: string }
  const { git } = rig.servers
  expect(stateOf(rig), told).toMatchObject(rest)
  // The other's commit stands on the release commit, or the release commit is the newest.
  const commits = [git.refs.get("refs/heads/main") ?? ""]
  while (commits[0] !== undefined && commits[0] !== head) commits.unshift(git.parents.get(commits[0]) ?? head)
  expect(commits, told).toContain(main)
}

/** What no reader sees may stay: an image without a tag, files on the trial index. */
function expectNothing({ servers }: Rig, told: string): void {
  const { git, index, registry, forge, production } = servers
  expect([...git.tags.keys(), ...git.journals.keys(), ...git.notes.keys()], told).toEqual([])
  expect([...index.files.keys(), ...registry.tags.keys()], told).toEqual([])
  expect(forge.pages, told).toEqual([])
  expect(production.running, told).toBeNull()
}
