import { afterAll, beforeAll, expect, it } from "vitest"
import { audit } from "../../src/stages/audit.js"
import { resolve } from "../../src/stages/resolve.js"
import { openEngine } from "../engine-session.js"
import { fetchProject, RELEASES } from "../projects.js"
import { cellOf, runStages } from "./run-stages.js"

let engine: Awaited<ReturnType<typeof openEngine>>
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.close())

it("could not look where no advisory service answers, whatever pip-audit's exit code", async () => {
  const folder = await fetchProject(RELEASES.itsdangerous)
  const settings = { "audit.service": "http://127.0.0.1:9" }
  const report = await runStages(folder, { stages: [resolve, audit], pythons: ["3.11"], settings })
  expect(cellOf(report, "audit")).toMatchObject({ outcome: "errored", reason: expect.stringContaining("advisory") })
})
