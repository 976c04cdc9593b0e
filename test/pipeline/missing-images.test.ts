import { describe, expect, test } from "vitest"
import { definePipeline } from "../../src/pipeline/pipeline.js"
import { runPipeline } from "../../src/pipeline/runner.js"
import type { Stage } from "../../src/pipeline/stage.js"
import type { World } from "../../src/pipeline/world.js"
import { fakeStage, fakeWorld, PER_PYTHON } from "./fakes.js"

const run = (stages: readonly Stage[], world: ReturnType<typeof fakeWorld>) =>
  runPipeline(definePipeline(stages), world.world, { jobs: 4 })

describe("a project whose best interpreter has no image", () => {
  const resolve = fakeStage({ name: "resolve", gives: ["requirements"], cells: PER_PYTHON })
  const types = fakeStage({
    name: "types",
    takes: [{ kind: "requirements", from: "one", when: "passed" }],
    cells: (_, { defaultPython }) => [{ key: "", python: defaultPython }],
  })
  const world = () => {
    const made: string[] = []
    const facts = {
      ...fakeWorld().world.facts,
      image: async (python: string) =>
        python === "3.13" ? undefined : { name: `python:${python}-slim`, digest: "sha256:00", origin: "test" },
    }
    const toolchain: World["toolchain"] = ({ defaultPython }) => {
      made.push(defaultPython)
      return {} as ReturnType<World["toolchain"]>
    }
    return { ...fakeWorld({ facts, toolchain }), made }
  }

  test("makes its containers with the next best", async () => {
    const given = world()
    await run([fakeStage({ name: "lint" })], given)
    expect(given.made).toEqual(["3.11"])
  })

  test("checks types on the next best, with the requirements that were resolved for it", async () => {
    const seen: unknown[] = []
    const commands: Stage["commands"] = (_, cell) => {
      seen.push(cell.python)
      return []
    }
    const given = world()
    await run([resolve, { ...types, commands }], given)
    expect(seen).toEqual(["3.11"])
  })

  test("lists in its report the images that were there", async () => {
    const report = await run([fakeStage({ name: "lint" })], world())
    expect(report.images.map(({ name }) => name)).toEqual(["python:3.9-slim", "python:3.11-slim"])
  })

  test("goes on where an image could not be looked at", async () => {
    const given = fakeWorld({
      facts: { ...fakeWorld().world.facts, image: () => Promise.reject(new Error("connection reset")) },
    })
    expect((await run([fakeStage({ name: "lint" })], given)).outcome).toBe("passed")
  })
})
