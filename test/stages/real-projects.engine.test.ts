import { execFile } from "node:child_process"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { audit } from "../../src/stages/audit.js"
import { build } from "../../src/stages/build.js"
import { coverage } from "../../src/stages/coverage.js"
import { lint } from "../../src/stages/lint.js"
import { resolve } from "../../src/stages/resolve.js"
import { security } from "../../src/stages/security.js"
import { test } from "../../src/stages/test.js"
import { types } from "../../src/stages/types.js"
import { openEngine } from "../engine-session.js"
import { fetchProject, RELEASES, type Release } from "../projects.js"
import { cellOf, runStages } from "./run-stages.js"

const PLAIN = join(import.meta.dirname, "../plain/pytest_counts.py")
const STAGES = [resolve, lint, types, security, build, test, coverage]

/** What pytest prints in a fresh virtual environment of this machine, for the words that a report counts. */
async function plainCounts(folder: string, requirements: readonly string[]) {
  const { stdout } = await promisify(execFile)("python3.11", [PLAIN, folder, ...requirements], { maxBuffer: 1 << 26 })
  const { counts } = JSON.parse(stdout) as { counts: Readonly<Record<string, number>> }
  const words = ["passed", "failed", "skipped", "xfailed", "xpassed", "errors"]
  return Object.fromEntries(words.map((word) => [word, counts[word] ?? 0]))
}

let engine: Awaited<ReturnType<typeof openEngine>>
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.close())

const SAMPLES: readonly (readonly [Release, readonly string[]])[] = [
  [RELEASES.itsdangerous, ["requirements/tests.txt"]],
  [RELEASES.pluggy, ["pytest>=8", "pytest-benchmark"]],
]

describe.each(SAMPLES)("on $name $version", (release, requirements) => {
  it("counts what pytest prints in a plain virtual environment", async () => {
    const folder = await fetchProject(release)
    const [report, plain] = await Promise.all([
      runStages(folder, { stages: STAGES, pythons: ["3.11"] }),
      plainCounts(await fetchProject(release), requirements),
    ])
    const cell = cellOf(report, "test@3.11")
    expect(cell.reason).toBeUndefined()
    expect(cell.measures.tests).toEqual(plain)
    expect(plain.passed).toBeGreaterThan(100)
    for (const address of ["resolve@3.11", "lint", "types", "build"]) {
      expect([address, cellOf(report, address).outcome]).toEqual([address, "passed"])
    }
    expect(cellOf(report, "build").findings).toEqual([])
  })
})

it("could not look where no advisory service answers, whatever pip-audit's exit code", async () => {
  const folder = await fetchProject(RELEASES.itsdangerous)
  const settings = { "audit.service": "http://127.0.0.1:9" }
  const report = await runStages(folder, { stages: [resolve, audit], pythons: ["3.11"], settings })
  expect(cellOf(report, "audit")).toMatchObject({ outcome: "errored", reason: expect.stringContaining("advisory") })
})
