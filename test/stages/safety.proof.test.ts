import { afterAll, beforeAll, expect, it } from "vitest"
import { audit } from "../../src/stages/audit.js"
import { resolve } from "../../src/stages/resolve.js"
import { smallProject, withDependencies } from "../e2e/small-project.js"
import { openWithAdvisories } from "../osv/start.js"
import { cellOf, runStages } from "./run-stages.js"

let session: Awaited<ReturnType<typeof openWithAdvisories>>
let url: string
beforeAll(async () => {
  session = await openWithAdvisories()
  url = session.url
})
afterAll(() => session?.close())

/** Runs the real safety against a platform of ours, with the key of an account. */
async function audited(key: string) {
  const env = {
    SAFETY_API_KEY: key,
    SAFETY_AUTH_SERVER_URL: url,
    SAFETY_PLATFORM_URL: url,
    SAFETY_PLATFORM_API_BASE_URL: url,
    SAFETY_DATA_API_BASE_URL: `${url}/data/`,
  }
  const folder = await smallProject(withDependencies(["jinja2==2.10", "urllib3==1.26.4"]))
  const settings = { "audit.enabled": true, "audit.tool": "safety", "audit.env": env }
  return cellOf(await runStages(folder, { stages: [resolve, audit], only: ["audit"], settings }), "audit")
}

it("finds with safety what its database says", async () => {
  const cell = await audited("key-of-the-account")
  expect(cell.outcome).toBe("failed")
  expect(cell.findings.map(({ rule }) => rule)).toEqual(["70000", "70001", "70002"])
})

it("could not look where the platform does not accept the key", async () => {
  expect(await audited("another")).toMatchObject({
    outcome: "errored",
    reason: expect.stringContaining("does not accept the key"),
  })
})
