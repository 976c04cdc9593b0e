import { describe, expect, it } from "vitest"
import type { Project } from "../../src/project/project.js"
import { build } from "../../src/stages/build.js"
import { readBuild } from "../../src/stages/build-reading.js"
import { executed, projectWith, reading, transcript } from "./transcripts.js"

const read = (name: string, facts: Partial<Project> = {}) =>
  readBuild([executed({ command: "build", reports: { build: transcript(`build/${name}.json`) } })], reading(facts))

const itsdangerous: Partial<Project> = {
  name: "itsdangerous",
  version: "2.2.0",
  packages: [{ name: "itsdangerous", kind: "package", path: "src/itsdangerous" }],
}

const inRoot: Partial<Project> = { packages: [{ name: "demo", kind: "package", path: "demo" }] }

describe("readBuild", () => {
  it("finds nothing wrong with a good distribution and says what it is", () => {
    expect(read("itsdangerous", itsdangerous)).toMatchObject({
      kind: "looked",
      findings: [],
      artifacts: [
        { kind: "sdist", facts: { file: "itsdangerous-2.2.0.tar.gz", distribution: "itsdangerous", version: "2.2.0" } },
        { kind: "wheel", facts: { file: "itsdangerous-2.2.0-py3-none-any.whl", tags: "py3-none-any" } },
      ],
    })
  })

  it.each([
    ["raises", /sdist could not be built: RuntimeError: this setup refuses/],
    ["broken", /no-such-backend-zq-1 was not found/],
    ["noscm", /sdist could not be built: LookupError: .*version/],
  ])("fails where the backend refuses, in its own words: %s", (name, message) => {
    const result = read(name)
    if (result.kind !== "looked") throw new Error(result.reason)
    expect(result.findings).toMatchObject([{ rule: "sdist-failed", message: expect.stringMatching(message) }])
    expect(build.gate?.judge(result, reading().settings).passed).toBe(false)
  })

  it("says what to do where the version would have come from git", () => {
    const result = read("noscm")
    expect(result.kind === "looked" && result.findings[0]?.help).toMatch(/git fetch --tags/)
  })

  it("could not look where the backend could not be fetched", () => {
    expect(read("refused")).toMatchObject({ kind: "errored", reason: expect.stringMatching(/could not be fetched/) })
  })

  it("names packages and secrets that do not belong into a wheel", () => {
    const result = read("stray", inRoot)
    if (result.kind !== "looked") throw new Error(result.reason)
    expect(result.findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(["stray-package", "secret", "no-description"]),
    )
    expect(result.findings.find(({ rule }) => rule === "stray-package")?.message).toContain('"tests"')
    expect(result.findings.find(({ rule }) => rule === "secret")?.message).toContain("demo/.env")
  })

  it("names a description that the index could not render", () => {
    const result = read("rst", inRoot)
    expect(result.kind === "looked" && result.findings).toMatchObject([
      { rule: "description", message: expect.stringContaining('Unknown directive type "nonsense"') },
    ])
  })

  it("names a package that the wheel lacks", () => {
    const packages = [{ name: "elsewhere", kind: "package", path: "src/elsewhere" }] as const
    const result = read("itsdangerous", { ...itsdangerous, packages })
    expect(result.kind === "looked" && result.findings).toMatchObject([{ rule: "missing-package" }])
  })

  it("names a wheel that is purer than the project", () => {
    const facts = projectWith().build
    const result = read("itsdangerous", { ...itsdangerous, ...(facts && { build: { ...facts, pure: false } }) })
    expect(result.kind === "looked" && result.findings).toMatchObject([{ rule: "purer-than-project" }])
  })

  it("names a version that the wheel does not have", () => {
    const result = read("itsdangerous", { ...itsdangerous, version: "2.3.0" })
    expect(result.kind === "looked" && result.findings).toMatchObject([{ rule: "version-mismatch" }])
    expect(read("itsdangerous", { ...itsdangerous, version: "v2.2" })).toMatchObject({ findings: [] })
  })
})
