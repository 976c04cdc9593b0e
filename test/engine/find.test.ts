import { describe, expect, test } from "vitest"
import { type FindFacts, findEngine } from "../../engine/find.js"

const everything: FindFacts = {
  env: {
    DAGGER_SESSION_PORT: "1234",
    DAGGER_SESSION_TOKEN: "t",
    _EXPERIMENTAL_DAGGER_RUNNER_HOST: "tcp://engine:1234",
  },
  own: { _EXPERIMENTAL_DAGGER_RUNNER_HOST: "unix:///run/quillon/x/engine.sock" },
  runtimes: ["nerdctl", "docker"],
  obstacle: undefined,
  mayBuild: "yes",
}
const obstacle = {
  code: "ENGINE_NEEDS_ROOT",
  message: "engine up needs root",
  next: "sudo …",
  kind: "environment",
} as const

describe("findEngine", () => {
  // Each row takes away what the row above it found.
  const steps: readonly (readonly [string, Partial<FindFacts>, object])[] = [
    ["the session that we are in", {}, { kind: "session" }],
    [
      "the engine that is named",
      { env: { _EXPERIMENTAL_DAGGER_RUNNER_HOST: "tcp://engine:1234" } },
      { kind: "runner", host: "tcp://engine:1234" },
    ],
    ["our own engine", { env: {} }, { kind: "own" }],
    ["Docker before nerdctl", { own: undefined }, { kind: "runtime", runtime: "docker" }],
    ["an engine to be built", { runtimes: [] }, { kind: "build", consent: "given" }],
    ["a person to be asked", { mayBuild: "ask" }, { kind: "build", consent: "ask" }],
    ["an error", { mayBuild: "no" }, { kind: "none" }],
  ]

  test.each(steps.map((step, index) => [index, step[0], step[2]] as const))(
    "in place %d gives %s",
    (index, _, found) => {
      const changes = steps.slice(0, index + 1).map(([, change]) => change)
      const facts: FindFacts = Object.assign({}, everything, ...changes)
      expect(findEngine(facts)).toMatchObject(found)
    },
  )

  test("ignores variables that are set to nothing", () => {
    const env = { DAGGER_SESSION_PORT: "", DAGGER_SESSION_TOKEN: "", _EXPERIMENTAL_DAGGER_RUNNER_HOST: "" }
    expect(findEngine({ ...everything, env }).kind).toBe("own")
  })

  test("never builds where building can't work, and says why", () => {
    const found = findEngine({ env: {}, own: undefined, runtimes: [], obstacle, mayBuild: "yes" })
    expect(found).toMatchObject({
      kind: "none",
      problem: { code: "NO_ENGINE", message: expect.stringContaining("needs root"), next: "sudo …" },
    })
  })

  test("says what to type where an engine could be built and nobody can be asked", () => {
    const found = findEngine({ env: {}, own: undefined, runtimes: [], obstacle: undefined, mayBuild: "no" })
    expect(found).toMatchObject({ kind: "none", problem: { next: "quillon engine up" } })
  })

  test.each<[string, FindFacts["env"], RegExp]>([
    ["GitLab", { CI: "true", GITLAB_CI: "true" }, /privileged runner.*docker:dind.*ci\.runner-host/],
    ["any other CI system", { CI: "true" }, /runner with Docker.*ci\.runner-host.*--engine=build/],
    ["a machine that says it is none", { CI: "false" }, /^sudo …$/],
  ])("says to %s what a job needs", (_, env, next) => {
    const found = findEngine({ env, own: undefined, runtimes: [], obstacle, mayBuild: "no" })
    expect(found).toMatchObject({ kind: "none", problem: { next: expect.stringMatching(next) } })
  })
})
