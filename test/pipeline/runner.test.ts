import { describe, expect, test } from "vitest"
import { QuillonError } from "../../src/errors.js"
import type { Need } from "../../src/pipeline/artifact.js"
import { EFFECT } from "../../src/pipeline/cache-policy.js"
import { definePipeline } from "../../src/pipeline/pipeline.js"
import { reportSchema } from "../../src/pipeline/report.js"
import { runPipeline } from "../../src/pipeline/runner.js"
import type { Stage } from "../../src/pipeline/stage.js"
import type { RunOptions, World } from "../../src/pipeline/world.js"
import type { Settings } from "../../src/project/settings.js"
import { type Answer, CLEAN, execution, FAKE_SETTINGS, fakeStage, fakeWorld, PER_PYTHON } from "./fakes.js"

const usual: RunOptions = { jobs: 4, timeoutSeconds: 60 }
const wheel: Need = { kind: "wheel", from: "one", when: "passed" }
const redGate: Stage["gate"] = { demands: "nothing", judge: () => ({ passed: false, message: "3 findings" }) }
const errored: Stage["read"] = () => ({ kind: "errored", reason: "no result file" })

const run = (stages: readonly Stage[], options: Partial<Parameters<typeof runPipeline>[2]> = {}, world = fakeWorld()) =>
  runPipeline(definePipeline(stages), world.world, { ...usual, ...options })

const outcomes = (report: Awaited<ReturnType<typeof run>>) =>
  Object.fromEntries(report.cells.map(({ stage, cell, outcome }) => [cell ? `${stage}@${cell}` : stage, outcome]))

test("the report of a run keeps its contract", async () => {
  const report = await run([fakeStage({ name: "lint" }), fakeStage({ name: "test", cells: PER_PYTHON })])
  expect(reportSchema.parse(report)).toEqual(report)
  expect(report).toMatchObject({ outcome: "passed", project: { name: "demo" } })
})

test("the report says what a cell had to wait for and when it began, and no time of one that never ran", async () => {
  const build = fakeStage({ name: "build", gives: ["wheel"], gate: redGate, title: "Build the wheel" })
  const { started, cells } = await run([build, fakeStage({ name: "test", takes: [wheel] })])
  expect(cells[0]).toMatchObject({ title: "Build the wheel", after: [] })
  expect(Date.parse(cells[0]?.started ?? "")).toBeGreaterThanOrEqual(Date.parse(started))
  expect(cells[1]).toMatchObject({ after: ["build"] })
  expect(cells[1]).not.toHaveProperty("started")
})

describe("a cell that does not pass", () => {
  test("does not hide its sisters", async () => {
    const report = await run([fakeStage({ name: "lint", gate: redGate }), fakeStage({ name: "types" })])
    expect(outcomes(report)).toEqual({ lint: "failed", types: "passed" })
  })

  test("leaves the stages that need it skipped, with its name", async () => {
    const build = fakeStage({ name: "build", gives: ["wheel"], gate: redGate })
    const report = await run([build, fakeStage({ name: "test", takes: [wheel] })])
    expect(report.cells[1]).toMatchObject({ outcome: "skipped", reason: "build failed", skip: "input" })
  })

  test("ends the run when it is to fail fast, and what has not ended is cancelled", async () => {
    const report = await run([fakeStage({ name: "lint", gate: redGate }), fakeStage({ name: "types" })], {
      failFast: true,
      jobs: 1,
    })
    expect(report.cells[1]).toMatchObject({ outcome: "skipped", skip: "cancelled" })
  })
})

describe("a cell that could not look", () => {
  test("is looked at again with a fresh nonce, and passes when it can", async () => {
    let reads = 0
    const read: Stage["read"] = (...args) => (++reads === 1 ? errored(...args) : CLEAN)
    const world = fakeWorld()
    const report = await run([fakeStage({ name: "audit", read })], {}, world)
    expect(report.cells[0]).toMatchObject({ outcome: "passed", attempts: 2 })
    expect(world.asked.map(({ supervision }) => supervision.environment)).toEqual([
      {},
      { QUILLON_NONCE: expect.any(String) },
    ])
  })

  test("is found in the cache by later runs, once a retry could look", async () => {
    const memory = new Map<string, string>()
    const salts = { recall: (a: string) => memory.get(a), remember: (a: string, n: string) => void memory.set(a, n) }
    const answer: Answer = (_, { environment }) =>
      execution({ exit: { kind: "exited", code: environment.QUILLON_NONCE ? 0 : 2 } })
    const read: Stage["read"] = ([first], ctx) =>
      first?.exit.kind === "exited" && first.exit.code === 0 ? CLEAN : errored([], ctx)
    const world = fakeWorld({ answer, salts })
    await run([fakeStage({ name: "audit", read })], {}, world)
    const second = await run([fakeStage({ name: "audit", read })], {}, world)
    expect(second.cells[0]).toMatchObject({ outcome: "passed", attempts: 1 })
    expect(world.asked[2]?.supervision.environment).toEqual(world.asked[1]?.supervision.environment)
  })

  test("is errored, never passed, when it cannot the second time either", async () => {
    const report = await run([fakeStage({ name: "audit", read: errored })])
    expect(report).toMatchObject({ outcome: "errored", cells: [{ outcome: "errored", attempts: 2 }] })
  })

  test("is not made to wait twice for a time-out that was seen just now", async () => {
    const answer: Answer = () => execution({ exit: { kind: "timed-out", seconds: 60 } })
    const world = fakeWorld({ answer, witness: { cached: async () => false } })
    const report = await run([fakeStage({ name: "types", read: errored })], {}, world)
    expect(report.cells[0]).toMatchObject({ outcome: "errored", attempts: 1 })
  })

  test("is looked at again when its time-out came from the cache", async () => {
    const answer: Answer = () => execution({ exit: { kind: "timed-out", seconds: 60 } })
    const world = fakeWorld({ answer, witness: { cached: async () => true } })
    const report = await run([fakeStage({ name: "types", read: errored })], {}, world)
    expect(report.cells[0]?.attempts).toBe(2)
  })
})

test("a bug in one stage is that stage's error", async () => {
  const read = () => {
    throw new TypeError("x is undefined")
  }
  const report = await run([fakeStage({ name: "mine", read }), fakeStage({ name: "lint" })])
  expect(outcomes(report)).toEqual({ mine: "errored", lint: "passed" })
  expect(report.cells[0]?.reason).toContain("x is undefined")
})

test("a stage that takes an artifact gets what the giver's command kept, and what the giver learned of it", async () => {
  const file = { path: "demo-1.0-py3-none-any.whl", bytes: 10, sha256: "ab" }
  const answer: Answer = ({ name }) => execution({ command: name, kept: name === "build" ? { wheel: [file] } : {} })
  const read = () => ({ ...CLEAN, artifacts: [{ kind: "wheel", facts: { version: "1.0" } }] })
  const taken: unknown[] = []
  const taker = fakeStage({
    name: "test",
    takes: [wheel],
    commands: ({ inputs }) => {
      const { files, facts, directory } = inputs.one("wheel")
      taken.push({ files, facts, directory })
      return []
    },
  })
  await run([fakeStage({ name: "build", gives: ["wheel"], read }), taker], {}, fakeWorld({ answer }))
  expect(taken).toMatchObject([
    {
      files: [file],
      facts: { version: "1.0" },
      directory: { holds: { [file.path]: `build:kept/wheel/${file.path}` } },
    },
  ])
})

test("no more cells run at once than there are jobs", async () => {
  let now = 0
  let most = 0
  const answer: Answer = async () => {
    most = Math.max(most, ++now)
    await new Promise((resolve) => setTimeout(resolve, 5))
    now -= 1
    return execution()
  }
  await run([fakeStage({ name: "test", cells: PER_PYTHON })], { jobs: 2 }, fakeWorld({ answer }))
  expect(most).toBe(2)
})

test("an interrupted run keeps what ended, and counts the rest as cancelled", async () => {
  const stop = new AbortController()
  const answer: Answer = ({ name }) => {
    if (name === "lint") return execution()
    stop.abort()
    return new Promise(() => {})
  }
  const world = fakeWorld({ answer, signal: stop.signal })
  const report = await run([fakeStage({ name: "lint" }), fakeStage({ name: "types" })], { jobs: 1 }, world)
  expect(report.cells).toMatchObject([{ outcome: "passed" }, { outcome: "skipped", skip: "cancelled" }])
})

test("an effect never runs as the same step twice", async () => {
  const world = fakeWorld()
  const pipeline = [fakeStage({ name: "publish", cache: EFFECT })]
  await run(pipeline, {}, world)
  await run(pipeline, {}, world)
  const nonces = world.asked.map(({ supervision }) => supervision.environment.QUILLON_NONCE)
  expect(new Set(nonces).size).toBe(2)
  expect(nonces).not.toContain(undefined)
})

test("what follows -- reaches the stage that was asked for, not those that it needs", async () => {
  const seen: Record<string, readonly string[]> = {}
  const spy =
    (name: string): Stage["commands"] =>
    ({ args }) => {
      seen[name] = args
      return []
    }
  const build = fakeStage({ name: "build", gives: ["wheel"], commands: spy("build") })
  const taker = fakeStage({ name: "test", takes: [{ ...wheel, optional: true }], commands: spy("test") })
  await run([build, taker], { only: ["test"], args: ["-x"] })
  expect(seen).toMatchObject({ test: ["-x"], build: [] })
})

test("events tell the whole run in order", async () => {
  const world = fakeWorld()
  await run([fakeStage({ name: "lint" })], {}, world)
  expect(world.events.map(({ kind }) => kind)).toEqual(["run-started", "cell-started", "cell-finished", "run-finished"])
})

describe("settings that every stage has", () => {
  const table = { enabled: true, args: [], apt: [], env: {}, secrets: [], services: {} }
  const withTable = (changes: object) => ({ ...FAKE_SETTINGS, docs: { ...table, ...changes } }) as unknown as Settings

  test("a stage that is switched off is skipped and says by what", async () => {
    const world = fakeWorld({ settings: withTable({ enabled: false }) })
    const report = await run([fakeStage({ name: "docs" }), fakeStage({ name: "lint" })], {}, world)
    expect(report.cells[0]).toMatchObject({ outcome: "skipped", reason: expect.stringContaining("docs.enabled") })
  })

  test("arguments come before those of the command line", async () => {
    let seen: readonly string[] = []
    const stage = fakeStage({
      name: "docs",
      commands: ({ args }) => {
        seen = args
        return []
      },
    })
    await run([stage], { only: ["docs"], args: ["-x"] }, fakeWorld({ settings: withTable({ args: ["-v"] }) }))
    expect(seen).toEqual(["-v", "-x"])
  })

  test.each([
    ["the command line before the stage's setting", { timeoutSeconds: 3 }, { timeout: 5 }, 3],
    ["the stage's setting before the stage's own mind", {}, { timeout: 5 }, 5],
    ["the stage's own mind before the default", {}, {}, 7],
  ])("the time-out follows %s", async (_, options, changes, expected) => {
    const world = fakeWorld({ settings: withTable(changes) })
    const commands: Stage["commands"] = () => [{ name: "x", container: {} as never, argv: ["x"], timeout: 7 }]
    await runPipeline(definePipeline([fakeStage({ name: "docs", commands })]), world.world, { jobs: 1, ...options })
    expect(world.asked[0]?.supervision.timeoutSeconds).toBe(expected)
  })

  test("environment, secrets and packages reach the stage's container", async () => {
    const set: unknown[] = []
    const note = (...args: unknown[]) => {
      set.push(args)
      return container
    }
    const container = { withEnvVariable: note, withSecretVariable: note }
    const wishes: unknown[] = []
    const settings = withTable({ env: { A: "1" }, secrets: ["TOKEN"], apt: ["libpq5"] })
    const toolchain: World["toolchain"] = (wish) => {
      wishes.push(wish)
      return {} as ReturnType<World["toolchain"]>
    }
    const commands: Stage["commands"] = () => [{ name: "x", container: container as never, argv: ["x"] }]
    await run([fakeStage({ name: "docs", commands })], {}, fakeWorld({ settings, toolchain }))
    expect({ set, wishes }).toEqual({
      set: [
        ["A", "1"],
        ["TOKEN", { name: "TOKEN" }],
      ],
      wishes: [{ apt: ["libpq5"], defaultPython: "3.13" }],
    })
  })

  test("a secret that is not there makes its cell errored, with what to type", async () => {
    const secret = () => {
      throw new QuillonError({ code: "MISSING_SECRET", message: "no TOKEN", next: "export TOKEN", kind: "environment" })
    }
    const report = await run(
      [fakeStage({ name: "docs" })],
      {},
      fakeWorld({ settings: withTable({ secrets: ["TOKEN"] }), secret }),
    )
    expect(report.cells[0]).toMatchObject({ outcome: "errored", reason: "no TOKEN", next: "export TOKEN" })
  })
})

test("the time that what is built gets reaches the stages, and no stage where there is none", async () => {
  const epochs: (number | undefined)[] = []
  const commands: Stage["commands"] = ({ epoch }) => {
    epochs.push(epoch)
    return []
  }
  await run([fakeStage({ name: "build", commands })], {}, fakeWorld({ epoch: 1_700_000_000 }))
  await run([fakeStage({ name: "build", commands })])
  expect(epochs).toEqual([1_700_000_000, undefined])
})
