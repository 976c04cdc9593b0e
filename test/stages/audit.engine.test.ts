import { dag } from "@dagger.io/dagger"
import { afterAll, beforeAll, expect, it } from "vitest"
import { audit } from "../../src/stages/audit.js"
import { resolve } from "../../src/stages/resolve.js"
import { createToolchain } from "../../src/toolchain/create-toolchain.js"
import { pinOf } from "../../src/toolchain/tools.js"
import { smallProject, withDependencies } from "../e2e/small-project.js"
import { openWithAdvisories } from "../osv/start.js"
import { cellOf, runStages } from "./run-stages.js"

/** The last has an advisory that was withdrawn; six has none. */
const PINS = ["jinja2==2.10", "urllib3==1.26.4", "six==1.17.0", "py==1.11.0"]
const EXCUSED = { id: "CVE-2021-33503", reason: "parses no foreign URL", expires: "2999-12-31" }

let session: Awaited<ReturnType<typeof openWithAdvisories>>
let url: string
beforeAll(async () => {
  session = await openWithAdvisories()
  url = session.url
})
afterAll(() => session?.close())

/** Releases that published records name, which are served whole. */
const PUBLISHED = ["django==3.2.10", "django-s3file==5.5.0", "awsiotsdk==1.6.2", "pillow==8.4.0"]

async function audited(asked: object, pins = PINS) {
  const settings = { enabled: true, ...asked }
  const flags = Object.fromEntries(Object.entries(settings).map(([key, value]) => [`audit.${key}`, value]))
  const folder = await smallProject(withDependencies(pins))
  return cellOf(await runStages(folder, { stages: [resolve, audit], only: ["audit"], settings: flags }), "audit")
}

/** The ids that pip-audit itself prints when it is asked about the same releases. */
async function plainIds(pins = PINS): Promise<readonly string[]> {
  const tool = createToolchain({ dag, settings: { python: {} } }).environment({
    python: "3.13",
    tools: [pinOf("pip-audit")],
  })
  const words = ["--no-deps", "--disable-pip", "--vulnerability-service", "osv", "--osv-url", `${url}/v1/query`]
  const ran = tool
    .withNewFile("/tmp/pins.txt", pins.join("\n"))
    .withExec(["sh", "-c", `pip-audit ${words.join(" ")} --format json -r /tmp/pins.txt || true`])
  const { dependencies } = JSON.parse(await ran.stdout()) as { dependencies: { vulns: { id: string }[] }[] }
  // It prints a hole twice that two databases know by the same id.
  return [...new Set(dependencies.flatMap(({ vulns }) => vulns.map(({ id }) => id)))].sort()
}

it("finds exactly what pip-audit prints against the same service", async () => {
  const [cell, ids] = await Promise.all([audited({ service: url }), plainIds()])
  expect(ids.length).toBeGreaterThan(2)
  expect(cell.findings.map(({ rule }) => rule).sort()).toEqual(ids)
  expect(cell).toMatchObject({ outcome: "failed", reason: `${ids.length} known vulnerabilities` })
})

it("reads published advisories whole: several ranges, versions one by one, other ecosystems in the same record", async () => {
  const [cell, ids] = await Promise.all([audited({ service: url }, PUBLISHED), plainIds(PUBLISHED)])
  expect(cell.findings.map(({ rule }) => rule).sort()).toEqual(ids)
  // What the databases say of these releases: id, package, the first release without the hole.
  expect(cell.findings.map(({ message }) => message).sort()).toEqual([
    expect.stringMatching(/awsiotsdk 1\.6\.2.*CVE-2021-40831.*1\.7\.0/),
    expect.stringMatching(/django 3\.2\.10.*CVE-2021-45115.*3\.2\.11/),
    expect.stringMatching(/django-s3file 5\.5\.0.*CVE-2022-24840.*5\.5\.1/),
    expect.stringMatching(/pillow 8\.4\.0.*CVE-2022-22817.*9\.0\.0/),
  ])
})

it("passes where the releases are those that the advisories call repaired", async () => {
  const repaired = ["django==3.2.11", "django-s3file==5.5.1", "awsiotsdk==1.7.0", "pillow==9.0.0"]
  expect(await audited({ service: url }, repaired)).toMatchObject({ outcome: "passed", findings: [] })
})

it("passes over what is excused and fails for an excuse that has expired, naming the day", async () => {
  const others = ["PYSEC-2019-217", "PYSEC-2021-66"].map((id) => ({ ...EXCUSED, id }))
  const all = await audited({ service: url, ignore: [EXCUSED, ...others] })
  expect(all).toMatchObject({ outcome: "passed", measures: { vulnerabilities: 3, excused: 3 } })
  const expired = await audited({ service: url, ignore: [{ ...EXCUSED, expires: "2024-02-29" }, ...others] })
  expect(expired).toMatchObject({ outcome: "failed", reason: "1 known vulnerability" })
  expect(expired.findings.find(({ severity }) => severity === "high")?.message).toContain("expired on 2024-02-29")
})

it("could not look where the service does not listen, and tried twice", async () => {
  expect(await audited({ service: url.replace(":8080", ":9") })).toMatchObject({
    outcome: "errored",
    attempts: 2,
    reason: expect.stringMatching(/gave no answer: .*refused/),
  })
})
