import type { Container } from "@dagger.io/dagger"
import { expect, it } from "vitest"
import { DAY } from "../../src/pipeline/cache-policy.js"
import { planGraph } from "../../src/pipeline/graph.js"
import { definePipeline } from "../../src/pipeline/pipeline.js"
import { runPipeline } from "../../src/pipeline/runner.js"
import type { Stage } from "../../src/pipeline/stage.js"
import { factsOf } from "../release/version/facts-of.js"
import { FAKE_SETTINGS, fakeProject, fakeStage, fakeWorld } from "./fakes.js"

type Commands = Stage["commands"]

async function contextOf(use: (...args: Parameters<Commands>) => void, changes: Partial<Stage> = {}, fresh = false) {
  const commands: Commands = (ctx, cell) => {
    use(ctx, cell)
    return []
  }
  const versions = async () => factsOf({ tags: { f00d: ["v1.0.0"] } })
  const { world } = fakeWorld({ versions })
  const stage = fakeStage({ name: "one", commands, ...changes })
  await runPipeline(definePipeline([stage]), world, { jobs: 1, ...(fresh ? { fresh: ["one"] } : {}) })
}

/** A container that remembers its variables. */
function fakeContainer(variables: readonly string[] = []) {
  const container = {
    variables,
    withEnvVariable: (name: string, value: string) => fakeContainer([...variables, `${name}=${value}`]),
  }
  return container as unknown as Container & { variables: readonly string[] }
}

async function observed(fresh: boolean) {
  let variables: readonly string[] = []
  await contextOf(
    (ctx) => {
      variables = (ctx.observed(fakeContainer(), DAY) as ReturnType<typeof fakeContainer>).variables
    },
    {},
    fresh,
  )
  return variables
}

it("salts a step of a pure stage that looks at the world with the day, and with a nonce where it is to be fresh", async () => {
  const day = Math.floor(Date.UTC(2026, 0, 1) / 1000 / DAY)
  expect(await observed(false)).toEqual([`QUILLON_BUCKET=${day}`])
  expect(await observed(true)).toEqual([expect.stringMatching(/^QUILLON_NONCE=nonce-\d+$/), `QUILLON_BUCKET=${day}`])
})

it.each<[string, Stage["reads"], boolean]>([
  ["a stage that always asks", "versions", true],
  ["a stage that asks in this project", ({ name }) => (name === "demo" ? "versions" : undefined), true],
  ["a stage that asks in another", ({ name }) => (name === "other" ? "versions" : undefined), false],
])("gives the version's facts to %s", async (_, reads, given) => {
  let seen: boolean | undefined
  await contextOf(
    (ctx) => {
      seen = ctx.versions !== undefined
    },
    reads === undefined ? {} : { reads },
  )
  expect(seen).toBe(given)
})

it.each([
  ["demo", ["giver", "taker"]],
  ["other", ["taker"]],
])("a need that holds in some projects only pulls its giver in there: %s", (name, stages) => {
  const giver = fakeStage({ name: "giver", gives: ["thing"] })
  const where = (project: { name: string }) => project.name === "demo"
  const taker = fakeStage({
    name: "taker",
    takes: [{ kind: "thing", from: "one", when: "passed", optional: true, where }],
  })
  const graph = planGraph({
    pipeline: definePipeline([giver, taker]),
    project: fakeProject({ name }),
    settings: FAKE_SETTINGS,
    selection: { only: ["taker"] },
  })
  expect(graph.nodes.map(({ address }) => address)).toEqual(stages)
})

it.each([
  ["one", "flit==3"],
  ["two", undefined],
])("gives the cell %s what an earlier run built it with", async (name, given) => {
  let seen: string | undefined
  const commands: Commands = (ctx) => {
    seen = ctx.buildRequirements
    return []
  }
  const buildRequirements = (address: string) => (address === "one" ? "flit==3" : undefined)
  const { world } = fakeWorld({ buildRequirements })
  await runPipeline(definePipeline([fakeStage({ name, commands })]), world, { jobs: 1 })
  expect(seen).toBe(given)
})
