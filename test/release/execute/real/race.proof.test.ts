import { rmSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { bundleProgram, endOf, seenBy, startServices, writesOf } from "./services.js"

let program: string
beforeAll(async () => {
  program = await bundleProgram()
})
afterAll(() => rmSync(program, { force: true }))

/** `npm run proof:race` asks for more. */
const { QUILLON_RACES: races = "5" } = process.env
const ROUNDS = Array.from({ length: Number(races) }, (_, round) => round + 1)

/** Seconds between the plans: of the same second they are the same commit, of two they are two. */
const CASES = ROUNDS.map((round) =>
  round % 2 === 1 ? (["the same commit", 0, round] as const) : (["two commits", 1, round] as const),
)

test.each(CASES)(
  "of two releases of %s that start together one is, and nothing is written twice (%i s, round %i)",
  async (_, apart) => {
    const services = await startServices()
    const { created } = services.plan
    const plans = [0, apart].map((seconds) => ({
      ...services.plan,
      created: new Date(Date.parse(created) + seconds * 1_000).toISOString(),
    }))
    const ends = (await Promise.all(plans.map((plan) => services.release(program, "start", { plan })))).map(endOf)
    const kinds = ends.map(({ kind }) => kind)
    // Both may be beaten: then nothing is out, and the release is there to be begun again.
    if (!kinds.includes("released")) {
      expect(endOf(await services.release(program, "start"))).toMatchObject({ kind: "released" })
    }
    expect(kinds.filter((kind) => kind === "released").length).toBeLessThanOrEqual(1)
    for (const kind of kinds) expect(["released", "held", "refused", "nothing"]).toContain(kind)
    const seen = await seenBy(services)
    expect(seen).toMatchObject({ commits: "2", version: "1.3.0", tagged: true })
    expect(seen.refs).toEqual(["refs/heads/main", "refs/notes/quillon", "refs/tags/v1.3.0"])
    expect(seen.pages).toHaveLength(1)
    const writes = await writesOf(services)
    expect(writes).toHaveLength(new Set(writes).size)
    await services.close()
  },
)
