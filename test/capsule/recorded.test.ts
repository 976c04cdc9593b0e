import { expect, test } from "vitest"
import { readCapsuleSettings } from "../../src/capsule/capsule-settings.js"
import { pinSettings } from "../../src/capsule/pin-settings.js"
import { withRecordedRequirements } from "../../src/capsule/recorded-resolve.js"
import { definePipeline } from "../../src/pipeline/pipeline.js"
import { runPipeline } from "../../src/pipeline/runner.js"
import { settingsSchema } from "../../src/project/settings.js"
import { pythonImage } from "../../src/toolchain/images.js"
import { fakeStage, fakeWorld, PER_PYTHON } from "../pipeline/fakes.js"
import { capsule } from "./capsules.js"

const DIGEST = `sha256:${"ab".repeat(32)}`

test("what a run had resolved is put in place of resolving, cell by cell", async () => {
  const resolve = fakeStage({ name: "resolve", gives: ["requirements"], cells: PER_PYTHON })
  const recorded = capsule({ requirements: { "resolve@3.11": { "test.txt": "pytest==9", "runtime.txt": "" } } })
  const written: [string, string][] = []
  const container = { withNewFile: (path: string, text: string) => written.push([path, text]) && container }
  const toolchain = { runtime: () => container, defaultPython: "3.13" }
  const { world, asked } = fakeWorld({ toolchain: () => toolchain as never })
  const report = await runPipeline(withRecordedRequirements(definePipeline([resolve]), recorded), world, { jobs: 1 })
  expect(asked.map(({ command, supervision }) => [supervision.address, command.name])).toEqual([
    ["resolve@3.9", "resolve"],
    ["resolve@3.11", "recorded"],
    ["resolve@3.13", "resolve"],
  ])
  expect(asked[1]?.command.keeps).toEqual([{ kind: "requirements", path: "/tmp/quillon-recorded" }])
  expect(written).toEqual([
    ["/tmp/quillon-recorded/test.txt", "pytest==9"],
    ["/tmp/quillon-recorded/runtime.txt", ""],
  ])
  expect(report.outcome).toBe("passed")
})

test("interpreters and services are pinned to what they were; what the capsule does not know is not", () => {
  const services = { db: { image: "postgres:17", port: 5432 }, queue: { image: "rabbitmq:4", port: 5672 } }
  const settings = settingsSchema.parse({ test: { services } })
  const images = ["python:3.11-slim", "postgres:17"].map((name) => ({ name, digest: DIGEST, origin: "registry" }))
  const pinned = pinSettings(settings, images, ["3.11", "3.13"])
  expect([pythonImage(pinned, "3.11"), pythonImage(pinned, "3.13")]).toEqual([
    `python:3.11-slim@${DIGEST}`,
    "python:3.13-slim",
  ])
  expect(pinned.test.services.db?.image).toBe(`postgres:17@${DIGEST}`)
  expect(pinned.test.services.queue?.image).toBe("rabbitmq:4")
  expect(settingsSchema.parse(pinned)).toEqual(pinned)
})

test("settings of another version are refused with the version that knows them", () => {
  const about = { where: "run.zip", version: "1.2.3" }
  const later = capsule({ quillon: "2.0.0", settings: { ...settingsSchema.parse({}), later: 1 } })
  expect(readCapsuleSettings(capsule({ settings: {} }), about)).toEqual(settingsSchema.parse({}))
  expect(() => readCapsuleSettings(later, about)).toThrow(
    expect.objectContaining({ code: "CAPSULE_SETTINGS", next: "npx quillon@2.0.0 debug run.zip" }),
  )
})
