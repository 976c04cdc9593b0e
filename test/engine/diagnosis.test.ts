import { describe, expect, test } from "vitest"
import { type DoctorFacts, diagnose } from "../../engine/diagnosis.js"
import { credentials } from "../../engine/doctor-facts.js"

const problem = {
  code: "NO_ENGINE",
  message: "no Dagger engine",
  next: "quillon engine up",
  kind: "environment",
} as const
const facts: DoctorFacts = {
  quillon: "0.1.0",
  node: "20.20.2",
  found: { kind: "runtime", runtime: "docker" },
  answers: true,
  status: { state: "stopped", socket: "/run/q/engine.sock", cache: "/c", registry: "stopped", images: [] },
  versions: { dagger: "v0.21.7", git: "2.39.5", go: undefined },
  runtimes: { docker: "answers", podman: "absent", nerdctl: "absent" },
  freeBytes: 50e9,
  memoryBytes: 8e9,
  cpus: 4,
  obstacles: [],
  credentials: [],
}
const row = (changes: Partial<DoctorFacts>, name: string) =>
  diagnose({ ...facts, ...changes }).findings.find((finding) => finding.name === name)

describe("diagnose", () => {
  test.each<[string, Partial<DoctorFacts>, boolean]>([
    ["Docker answers", {}, true],
    ["an engine can be built", { found: { kind: "build", consent: "ask" } }, true],
    ["there is no engine and no way to one", { found: { kind: "none", problem } }, false],
    ["the named engine does not answer", { found: { kind: "runner", host: "tcp://e:1" }, answers: false }, false],
    ["git is missing", { versions: { ...facts.versions, git: undefined } }, true],
    ["the disk is almost full", { freeBytes: 1e9 }, true],
  ])("where %s a run is possible: %j → %s", (_, changes, possible) => {
    expect(diagnose({ ...facts, ...changes }).possible).toBe(possible)
  })

  test("what is missing has something to type", () => {
    expect(row({ found: { kind: "none", problem } }, "engine")?.next).toBe("quillon engine up")
    expect(row({ versions: { ...facts.versions, git: undefined } }, "git")?.next).toBe("install git")
  })

  test("obstacles of engine up are shown only where an engine is missing", () => {
    const obstacles = [{ ...problem, message: "engine up needs root" }]
    expect(row({ obstacles }, "engine up")).toBeUndefined()
    expect(row({ obstacles, found: { kind: "none", problem } }, "engine up")?.text).toBe("engine up needs root")
  })
})

test("credentials are named and never shown", () => {
  const named = credentials({ GITHUB_TOKEN: "ghp_secret", UV_PUBLISH_TOKEN: "", HOME: "/nowhere" })
  expect(named).toEqual(["GITHUB_TOKEN"])
})
