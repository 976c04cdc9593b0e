import type { Client, Container } from "@dagger.io/dagger"
import { expect, test } from "vitest"
import type { StageContext } from "../../src/pipeline/stage.js"
import { withBuildEnvironment } from "../../src/stages/build-requirements.js"

/** What was done to containers and folders, in order; each call gives the same object again. */
function watched() {
  const calls: unknown[][] = []
  const thing: object = new Proxy(
    {},
    {
      get:
        (_, method) =>
        (...args: unknown[]) => {
          calls.push([method, ...args])
          return thing
        },
    },
  )
  const called = (method: string) => calls.filter(([name]) => name === method).map(([, ...args]) => args)
  return { thing, called }
}

function make(buildRequirements?: string) {
  const { thing, called } = watched()
  const ctx = {
    dag: thing as Client,
    observed: () => thing as Container,
    ...(buildRequirements === undefined ? {} : { buildRequirements }),
  }
  const facts = { backend: "flit_core.buildapi", requires: ["flit_core<4"], pure: true, version: "static" as const }
  withBuildEnvironment(thing as Container, ctx as unknown as StageContext, {
    ...facts,
    files: { include: [], exclude: [] },
  })
  const programs = called("withExec").map(([argv]) =>
    String((argv as string[])[1])
      .split("/")
      .at(-1),
  )
  return { programs, called }
}

test("what builds the project is resolved, and then installed", () => {
  expect(make().programs).toEqual(["lock_build.py", "build_environment.py"])
})

test("what an earlier run had resolved is installed as it was, in the words of what resolves", () => {
  const { programs, called } = make('flit-core==3.12.0 \\\n    --hash=sha256:18"')
  expect(programs).toEqual(["build_environment.py"])
  const [lock] =
    called("withNewFile")
      .find(([path]) => path === "lock.json")
      ?.slice(1) ?? []
  // As Python's json.dumps writes it.
  expect(lock).toBe('{"exit": 0, "output": "", "requirements": "flit-core==3.12.0 \\\\\\n    --hash=sha256:18\\""}\n')
})
