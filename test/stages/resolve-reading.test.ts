import { describe, expect, it } from "vitest"
import type { LockFile } from "../../src/project/project.js"
import { resolve } from "../../src/stages/resolve.js"
import { readResolve } from "../../src/stages/resolve-reading.js"
import { executed, reading, transcript } from "./transcripts.js"

const read = (name: string) =>
  readResolve([executed({ command: "resolve", reports: { resolve: transcript(`resolve/${name}.json`) } })], reading())

describe("readResolve", () => {
  it("tells the versions for each purpose, and where they stand", () => {
    expect(read("resolved")).toMatchObject({
      kind: "looked",
      findings: [],
      measures: { packages: { test: { pytest: "9.2.0", six: "1.17.0" }, runtime: {} } },
      artifacts: [{ kind: "requirements", facts: { test: "test.txt", runtime: "runtime.txt" } }],
    })
  })

  it.each([
    ["no-solution", "you require pytest==8.1.1 and pytest>9"],
    ["unknown-package", "no-such-package-zq-1 was not found in the package registry"],
  ])("fails on requirements without a solution: %s", (name, because) => {
    const result = read(name)
    if (result.kind !== "looked") throw new Error(result.reason)
    expect(result.findings).toMatchObject([{ rule: "no-solution", message: expect.stringContaining(because) }])
    expect(resolve.gate?.judge(result, reading().settings).passed).toBe(false)
  })

  it.each([
    ["refused", /could not be reached.*the test environment/],
    ["unavailable", /could not be reached: \S+, 503 Service Unavailable/],
    ["unauthorized", /without credentials/],
    ["forbidden", /without credentials/],
    ["build-failure", /metadata of a dependency could not be built.*other/],
  ])("could not look where the index or a dependency does not answer: %s", (name, reason) => {
    expect(read(name)).toMatchObject({ kind: "errored", reason: expect.stringMatching(reason) })
  })

  it.each([
    [
      "wrong-python",
      /^scipy>=1\.14\.0,<=1\.15\.3 can't be installed on Python 3\.9: it needs Python >=3\.10 .*test env/,
    ],
    [
      "wrong-wheel",
      /^tensorflow==2\.10\.0 can't be installed on Python 3\.12: it has no wheel for cp312 .*the project/,
    ],
  ])("could not look where a package can't be had on this Python, which is named with it: %s", (name, reason) => {
    const next = expect.stringContaining("python.versions")
    expect(read(name)).toMatchObject({ kind: "errored", reason: expect.stringMatching(reason), next })
  })

  it("fails where one purpose has no solution on any Python, whatever keeps another from one", () => {
    const purposesOf = (name: string) => JSON.parse(transcript(`resolve/${name}.json`)).purposes
    const purposes = { test: purposesOf("no-solution").test, runtime: purposesOf("wrong-wheel").runtime }
    const report = { ...JSON.parse(transcript("resolve/wrong-wheel.json")), purposes }
    const result = readResolve(
      [executed({ command: "resolve", reports: { resolve: JSON.stringify(report) } })],
      reading(),
    )
    expect(result.kind === "looked" && result.findings.map(({ rule }) => rule)).toEqual(["no-solution", "no-solution"])
  })

  it("fails where the lock is not what the metadata asks for, and says what to type", () => {
    const result = read("stale-lock")
    if (result.kind !== "looked") throw new Error(result.reason)
    expect(result.findings).toMatchObject([{ rule: "lock-mismatch", file: "uv.lock", help: "uv lock" }])
    expect(resolve.gate?.judge(result, reading().settings).passed).toBe(false)
  })

  it("says where a workspace's lock could not be used", () => {
    const lock = { kind: "uv", path: "../uv.lock", groups: {}, extras: {} } as unknown as LockFile
    const ctx = reading({ dependencies: { ...reading().project.dependencies, lock } })
    const text = transcript("resolve/resolved.json")
    const result = readResolve([executed({ command: "resolve", reports: { resolve: text } })], ctx)
    expect(result.kind === "looked" && result.findings).toMatchObject([
      { rule: "hidden-lock", message: expect.stringContaining("../uv.lock") },
    ])
    expect(result.kind === "looked" && resolve.gate?.judge(result, ctx.settings).passed).toBe(true)
  })

  it("is never green without a report", () => {
    expect(readResolve([executed({ command: "resolve", exit: 1 })], reading()).kind).toBe("errored")
  })
})
