import type { Service } from "@dagger.io/dagger"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { RunStore } from "../../src/pipeline/world.js"
import { build } from "../../src/stages/build.js"
import { outdated } from "../../src/stages/outdated.js"
import { resolve } from "../../src/stages/resolve.js"
import { test as tests } from "../../src/stages/test.js"
import { smallProject, withDependencies } from "../e2e/small-project.js"
import { openEngine } from "../engine-session.js"
import { INDEX_LOGIN, startPrivateIndex } from "../private-index/start.js"
import { cellOf, runStages } from "./run-stages.js"

let engine: Awaited<ReturnType<typeof openEngine>>
let service: Service
let host: string
beforeAll(async () => {
  // The session resolves secrets in the environment that it was started with.
  Object.assign(process.env, { INDEX_LOGIN, INDEX_WRONG: "joe:wrong-password" })
  engine = await openEngine()
  const started = await startPrivateIndex()
  service = started.service
  host = started.host
})
afterAll(async () => {
  await service?.stop()
  await engine?.close()
})

/** A build backend of the project's own that prints all that it is given. */
const TALKATIVE = "import os\nfrom flit_core.buildapi import *\n\nprint(dict(os.environ))\n"

/** The wheel is built from the sdist, which must have the backend too. */
const SHIPPED = '\n[tool.flit.sdist]\ninclude = ["talkative.py"]\n'

function project() {
  const own = 'build-backend = "talkative"\nbackend-path = ["."]'
  const pyproject = withDependencies(["six<1.17"])["pyproject.toml"] ?? ""
  return smallProject({
    "pyproject.toml": `${pyproject.replace('build-backend = "flit_core.buildapi"', own)}${SHIPPED}`,
    "talkative.py": TALKATIVE,
  })
}

const index = (path: string, credential: string) => ({
  "index.url": `${host}${path}`,
  "index.credential": credential,
})

test("all comes from a private index, whose password stands nowhere though the build prints its environment", async () => {
  const left: string[] = []
  const store: RunStore = {
    async keep(_, steps) {
      const files = steps.flatMap(({ output }) => ["stdout", "stderr", "result.json"].map((name) => output.file(name)))
      left.push(...(await Promise.all(files.map((file) => file.contents()))))
    },
  }
  const stages = [resolve, build, tests, outdated]
  const report = await runStages(await project(), { stages, settings: index("/simple/", "INDEX_LOGIN"), store })
  expect(report.outcome, JSON.stringify(report.cells)).toBe("passed")
  expect(cellOf(report, "outdated").findings).toContainEqual(
    expect.objectContaining({ subject: "six", message: expect.stringMatching(/out for \d+ days/) }),
  )
  expect(left.join("\n")).toContain("QUILLON_INDEX_DEFAULT")
  expect(`${left.join("\n")}${JSON.stringify(report)}`).not.toContain("s3cret")
})

test("a wrong password is told by the name of its secret", async () => {
  const report = await runStages(await project(), { stages: [resolve], settings: index("/simple/", "INDEX_WRONG") })
  expect(cellOf(report, "resolve@3.13")).toMatchObject({
    outcome: "errored",
    reason: expect.stringMatching(/does not accept the secret INDEX_WRONG \(401/),
    next: "check the value of INDEX_WRONG: user:password, or a token",
  })
  expect(JSON.stringify(report)).not.toContain("wrong-password")
})

test("an index that is out of order could not be looked at, and is named", async () => {
  const settings = index("/status/503/simple/", "INDEX_LOGIN")
  const report = await runStages(await project(), { stages: [resolve], settings })
  expect(cellOf(report, "resolve@3.13")).toMatchObject({ outcome: "errored", reason: expect.stringContaining("503") })
})
