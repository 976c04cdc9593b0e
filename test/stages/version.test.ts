import { expect, test } from "vitest"
import { definePipeline } from "../../src/pipeline/pipeline.js"
import { runPipeline } from "../../src/pipeline/runner.js"
import type { VersionFacts } from "../../src/release/version/facts.js"
import { version } from "../../src/stages/version.js"
import { fakeWorld } from "../pipeline/fakes.js"
import { factsOf, type Given, pyproject } from "../release/version/facts-of.js"

const DRIFTED: Given = {
  files: { "pyproject.toml": pyproject("3.3.0"), "src/demo/__init__.py": '__version__ = "3.1"\n' },
  tags: { c1: ["v3.2.0"] },
}

/** The report of the only cell, and how many commands the engine was asked to run. */
async function run(versions: (() => Promise<VersionFacts>) | undefined) {
  const { world, asked } = fakeWorld(versions === undefined ? {} : { versions })
  const { cells, outcome } = await runPipeline(definePipeline([version]), world, { jobs: 1, timeoutSeconds: 1 })
  return { cell: cells[0], outcome, asked: asked.length }
}

test("places that disagree fail the stage, each with its file and line, and no container runs", async () => {
  const { cell, asked } = await run(async () => factsOf(DRIFTED))
  expect(asked).toBe(0)
  expect(cell?.outcome).toBe("failed")
  expect(cell?.gate?.message).toBe("1 version conflict")
  expect(cell?.findings).toEqual([
    expect.objectContaining({
      rule: "differs",
      severity: "error",
      file: "src/demo/__init__.py",
      line: 1,
      message: "__version__ says 3.1, and pyproject.toml says 3.3.0",
      help: "quillon version sync",
    }),
  ])
  expect(cell?.measures).toMatchObject({ version: "3.3.0", semver: "3.3.0", tag: "unreleased" })
})

test.each<[string, Given, string]>([
  ["a tag ahead", { files: { "pyproject.toml": pyproject("1.0.0") }, tags: { c1: ["v1.1.0"] } }, "tag-ahead"],
  ["rival tags", { files: { "pyproject.toml": pyproject("1.0.0") }, tags: { c1: ["v1.0.0", "v0.9.0"] } }, "rival-tags"],
  ["a malformed VERSION", { files: { VERSION: "1.0.0\n\n" } }, "malformed"],
])("%s fails it too", async (_name, given, rule) => {
  const { cell } = await run(async () => factsOf(given))
  expect(cell?.outcome).toBe("failed")
  expect(cell?.findings.map((finding) => finding.rule)).toEqual([rule])
})

test("places that agree pass", async () => {
  const { cell } = await run(async () => factsOf({ files: { "pyproject.toml": pyproject("1.0.0") } }))
  expect(cell?.outcome).toBe("passed")
})

test.each<[string, Given, RegExp]>([
  [
    "tags that can't be seen",
    {
      files: { "pyproject.toml": pyproject("1.0.0") },
      tags: { kind: "hidden", reason: "this clone is shallow", next: "git fetch" },
    },
    /shallow/,
  ],
  [
    "a lock that can't be read",
    { files: { "pyproject.toml": pyproject("1.0.0"), "uv.lock": "[[" } },
    /^uv\.lock line 1/,
  ],
  ["a package without version", {}, /no file states the version/],
  [
    "settings that contradict",
    { files: { VERSION: "1.0.0\n" }, settings: { source: "tag" } },
    /only one of them can decide/,
  ],
])("%s: errored, never green", async (_name, given, reason) => {
  const { cell } = await run(async () => factsOf(given))
  expect(cell?.outcome).toBe("errored")
  expect(cell?.reason).toMatch(reason)
})

test("a door that can't look makes it errored", async () => {
  expect((await run(undefined)).cell?.outcome).toBe("errored")
})

test("what disagrees is told together with what could not be looked at", async () => {
  const { cell } = await run(async () => factsOf({ ...DRIFTED, files: { ...DRIFTED.files, "uv.lock": "[[" } }))
  expect(cell?.outcome).toBe("failed")
  expect(cell?.findings.map(({ rule, severity }) => `${rule} ${severity}`).sort()).toEqual([
    "differs error",
    "unreadable note",
  ])
})

test("an application may do without a version", async () => {
  const { world } = fakeWorld()
  const application = { ...world.project, kind: "application" as const }
  const versions = async () => factsOf({ subject: { kind: "application" } })
  const report = await runPipeline(
    definePipeline([version]),
    { ...world, project: application, versions },
    { jobs: 1, timeoutSeconds: 1 },
  )
  expect(report.cells[0]?.outcome).toBe("passed")
})
