import { describe, expect, it } from "vitest"
import { createStepWitness } from "../../src/door/step-witness.js"
import type { Command, Exit } from "../../src/pipeline/command.js"
import type { Supervision } from "../../src/pipeline/world.js"
import { execution, fakeWorld } from "../pipeline/fakes.js"

const NOW = 1_000_000
const bad: Exit = { kind: "exited", code: 1 }

/** A witness that has seen the commands of a cell `lint` end. */
async function seen(ends: readonly { command: string; started?: number; exit?: Exit }[]) {
  const { world } = fakeWorld({
    clock: () => NOW,
    answer: ({ name }) => {
      const { started = NOW, exit = { kind: "exited", code: 0 } } = ends.find(({ command }) => command === name) ?? {}
      return execution({ command: name, started, exit })
    },
  })
  const witness = createStepWitness()
  const watched = witness.watch(world)
  for (const { command } of ends) {
    await watched.supervise({ name: command } as Command, { address: "lint" } as Supervision).read()
  }
  return {
    witness,
    cached: watched.witness?.cached(
      "lint",
      ends.map(({ command }) => command),
    ),
  }
}

describe("what a module knows of the engine's cache", () => {
  it.each([
    ["all started before they were asked for", [NOW - 1, NOW - 9], true],
    ["one of them ran now", [NOW - 1, NOW], false],
  ])("%s", async (_, starts, expected) => {
    const { cached } = await seen(starts.map((started, index) => ({ command: `c${index}`, started })))
    expect(await cached).toBe(expected)
  })

  it("says nothing of a cell without commands", async () => {
    expect(await (await seen([])).cached).toBeNull()
  })
})

describe("the command that failed", () => {
  it("is the first that did not end well", async () => {
    const { witness } = await seen([
      { command: "check" },
      { command: "format", exit: bad },
      { command: "version", exit: bad },
    ])
    expect(witness.failing("lint")).toBe("format")
  })

  it("is none where all ended well", async () => {
    const { witness } = await seen([{ command: "check" }])
    expect([witness.failing("lint"), witness.failing("test@3.11")]).toEqual([undefined, undefined])
  })

  it("is one of several that can be named", async () => {
    const { witness } = await seen([{ command: "check" }, { command: "format" }])
    expect(witness.commands("lint")).toEqual(["check", "format"])
  })
})
