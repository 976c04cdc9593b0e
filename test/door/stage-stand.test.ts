import { expect, test } from "vitest"
import { chooseCommand, type StandOptions, standAt } from "../../src/door/stage-stand.js"
import type { Command } from "../../src/pipeline/command.js"
import { definePipeline } from "../../src/pipeline/pipeline.js"
import type { Stage } from "../../src/pipeline/stage.js"
import { type Answer, execution, fakeStage, fakeWorld, PER_PYTHON } from "../pipeline/fakes.js"

const container = (name: string) => ({ before: name }) as unknown as Command["container"]
const commands: Stage["commands"] = () =>
  ["check", "format"].map((name) => ({ name, container: container(name), argv: [name] }))

const build = fakeStage({ name: "build", gives: ["wheel"] })
const takesWheel: Stage["takes"] = [{ kind: "wheel", from: "one", when: "passed" }]
const stages = [build, fakeStage({ name: "lint", takes: takesWheel, commands }), fakeStage({ name: "types" })]

function stand(options: Partial<StandOptions>, world = fakeWorld()) {
  const asked = { jobs: 2, address: "lint", executes: () => false, ...options }
  return standAt(definePipeline(stages), world.world, asked)
}

const names = (world: ReturnType<typeof fakeWorld>) => world.asked.map(({ command }) => command.name)

test("what the cell takes is made, and none of its own commands is executed", async () => {
  const world = fakeWorld()
  const { commands: found } = await stand({}, world)
  expect(names(world)).toEqual(["build"])
  expect(found.map(({ command, execution }) => [command.name, execution])).toEqual([
    ["check", undefined],
    ["format", undefined],
  ])
})

test("the containers before and after a command are at hand", async () => {
  const { commands: found } = await stand({})
  expect(found[1]).toMatchObject({ command: { container: { before: "format" } }, after: { after: "format" } })
})

test("commands are executed where that is asked for, once all of them are known", async () => {
  const world = fakeWorld()
  const counts: number[] = []
  const executes = (known: readonly string[]) => counts.push(known.length) > 0
  const { commands: found, report } = await stand({ executes }, world)
  expect(counts).toEqual([2, 2])
  expect(names(world)).toEqual(["build", "check", "format"])
  expect(found.map((each) => each.execution?.exit)).toEqual([
    { kind: "exited", code: 0 },
    { kind: "exited", code: 0 },
  ])
  expect(report.cells.map(({ stage, outcome }) => [stage, outcome])).toEqual([
    ["build", "passed"],
    ["lint", "passed"],
  ])
})

test("where what the cell takes is not there, the report says why and there is nothing to stand at", async () => {
  const answer: Answer = () => {
    throw new Error("no network")
  }
  const { commands: found, report } = await stand({}, fakeWorld({ answer }))
  expect(found).toEqual([])
  expect(report.cells.map(({ outcome }) => outcome)).toEqual(["errored", "skipped"])
})

test("another cell of the stage is left alone", async () => {
  const world = fakeWorld()
  const pipeline = definePipeline([fakeStage({ name: "test", cells: PER_PYTHON })])
  await standAt(pipeline, world.world, { jobs: 2, address: "test@3.11", executes: () => true })
  expect(world.asked.map(({ supervision }) => supervision.address)).toEqual(["test@3.11"])
})

test("one stands at the named command, else at the one that did not end well, else at the first", async () => {
  const answer: Answer = ({ name }) =>
    execution({
      command: name,
      exit: name === "format" ? { kind: "signalled", signal: "SIGSEGV" } : { kind: "exited", code: 0 },
    })
  const ran = await stand({ executes: () => true }, fakeWorld({ answer }))
  const chosen = (...args: Parameters<typeof chooseCommand>) => chooseCommand(...args)?.command.name
  expect(chosen(ran)).toBe("format")
  expect(chosen(ran, "check")).toBe("check")
  expect(chosen(ran, "other")).toBeUndefined()
  expect(chosen(await stand({}))).toBe("check")
})
