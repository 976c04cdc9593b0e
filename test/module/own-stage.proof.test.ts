import { join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { cloneRepository } from "./checkout.js"
import { dagger, MODULE } from "./dagger.js"
import { writeTinyProject } from "./small-project.js"

let module: string
let project: string

beforeAll(async () => {
  ;[module, project] = await Promise.all([cloneRepository(MODULE), writeTinyProject()])
})

const call = (...args: string[]) => dagger(["--mod", module, "call", ...args], { cwd: project })

/** A stage whose program says what it never says again. */
const saying = (...more: string[]) =>
  call(
    ...[
      "with-stage",
      "--name",
      "once",
      "--container",
      "python:3.13-slim",
      "--args",
      "cat,/proc/sys/kernel/random/uuid",
    ],
    ...[...more, "run", "--only", "once", "report", "file", "--path", "logs/once/run.log", "contents"],
  )

describe("a stage that a caller adds as data", () => {
  it.each([
    ["pure", true],
    ["3600", true],
    ["effect", false],
  ])("with --cache %s is remembered: %s", async (cache, remembered) => {
    const [first, second] = [await saying("--cache", cache), await saying("--cache", cache)]
    expect(first.stdout, first.stderr).toMatch(/^[0-9a-f-]{36}$/m)
    expect(second.stdout === first.stdout).toBe(remembered)
  })

  it("is red with what it found", async () => {
    const args = ["sh,-c,echo 'src/tiny/__init__.py:3: warning: no'; exit 1", "--format", "lines"]
    const added = ["with-stage", "--name", "docs", "--container", "python:3.13-slim", "--args", ...args]
    const { exitCode, stderr } = await call(...added, "ci", "--only", "docs")
    expect(exitCode).not.toBe(0)
    expect(stderr).toMatch(
      /failed: tiny: 1 failed, 0 passed\n\ndocs: 1 finding\n {2}src\/tiny\/__init__\.py:3: warning no/,
    )
  })

  it("could not look where its report is missing", async () => {
    const added = ["with-stage", "--name", "docs", "--container", "python:3.13-slim", "--args", "true"]
    const { exitCode, stderr } = await call(
      ...added,
      "--reports",
      "/x.xml",
      "--format",
      "junit",
      "ci",
      "--only",
      "docs",
    )
    expect(exitCode).not.toBe(0)
    expect(stderr).toContain("could not look: tiny: 1 could not look")
    expect(stderr).toContain("/x.xml was not written, exit code 0")
  })

  it("is added from another module", async () => {
    const example = join(module, "examples/own-stage-module")
    const args = ["--mod", example, "call", "ci", "--source", project, "--only", "leftovers"]
    const { exitCode, stdout, stderr } = await dagger(args, { cwd: project })
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toContain("| leftovers |  |")
  })
})
