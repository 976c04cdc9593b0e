import { mkdtemp, realpath, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { execa } from "execa"
import { afterAll, beforeAll, expect, test } from "vitest"
import { engineEnvironment } from "../engine-session.js"
import { cloneRepository } from "../module/checkout.js"
import { MODULE } from "../module/dagger.js"
import { installAct } from "./doors/ci-tools.js"
import { makeRunner, runWorkflow } from "./doors/runner.js"
import { readReport } from "./doors/same-answer.js"

const RUNNER_HOST = "_EXPERIMENTAL_DAGGER_RUNNER_HOST"

let scratch: string
let clone: string

beforeAll(async () => {
  scratch = await realpath(await mkdtemp(join(tmpdir(), "quillon-own-")))
  clone = await cloneRepository(MODULE)
})

afterAll(() => Promise.all([scratch, dirname(clone)].map((folder) => rm(folder, { recursive: true, force: true }))))

// The other job is the whole of the tests, this one among them.
test("this repository's own workflow examines the example from a fresh checkout", async () => {
  const { [RUNNER_HOST]: host = "", _EXPERIMENTAL_DAGGER_CLI_BIN: dagger = "" } = engineEnvironment()
  const { stdout: registry } = await execa("npm", ["config", "get", "registry"], { cwd: scratch })
  const parts = { home: join(scratch, "home"), registry, dagger, programs: scratch }
  const runner = await makeRunner(join(scratch, "runner"), parts)
  // act reads the repository's name from it, and nothing else.
  await execa("git", ["-C", clone, "remote", "set-url", "origin", "https://github.com/example/quillon"])
  const file = join(clone, ".github/workflows/ci.yml")
  const asked = { act: await installAct(), repository: clone, file, job: "example", env: { [RUNNER_HOST]: host } }
  const { exitCode, output, artifacts } = await runWorkflow(runner, asked)
  expect(exitCode, output).toBe(0)
  const { outcome, project, dirty } = await readReport(join(artifacts, "quillon/report.json"))
  expect({ outcome, name: project.name, dirty }).toEqual({ outcome: "passed", name: "parcels", dirty: false })
})
