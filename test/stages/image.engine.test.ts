import { mkdir, mkdtemp, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { build } from "../../src/stages/build.js"
import { image } from "../../src/stages/image.js"
import { resolve } from "../../src/stages/resolve.js"
import { openEngine } from "../engine-session.js"
import { cellOf, runStages } from "./run-stages.js"

const PYPROJECT = `[build-system]
requires = ["flit_core>=3.11,<4"]
build-backend = "flit_core.buildapi"

[project]
name = "small"
version = "1.2.3"
description = "A small package"
requires-python = ">=3.13,<3.14"
`

const DOCKERFILE = `FROM python:3.13-slim AS base
ARG GREETING=nobody
RUN echo "hello $GREETING" > /greeting

FROM base
USER 1234
COPY src /app
CMD ["python", "-m", "small"]
`

async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "quillon-image-"))
  const all = { "pyproject.toml": PYPROJECT, "src/small/__init__.py": '"""Small."""\n', ...files }
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return folder
}

const STAGES = [resolve, build, image]

let engine: Awaited<ReturnType<typeof openEngine>>
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.close())

it("builds the project's Dockerfile with its arguments, says what came out, and starts what it is told", async () => {
  const folder = await project({ Dockerfile: DOCKERFILE })
  const settings = { "image.arguments": { GREETING: "world" }, "image.smoke": ["grep", "hello world", "/greeting"] }
  const cell = cellOf(await runStages(folder, { stages: STAGES, settings }), "image")
  expect(cell.reason).toBeUndefined()
  expect(cell).toMatchObject({
    outcome: "passed",
    measures: { user: "1234", command: ["python", "-m", "small"], started: "grep hello world /greeting" },
  })
  expect(cell.measures.bytes).toBeGreaterThan(1_000_000)
})

it("fails where the image does not do what it should", async () => {
  const folder = await project({ Dockerfile: DOCKERFILE })
  const settings = { "image.smoke": ["grep", "hello world", "/greeting"] }
  const cell = cellOf(await runStages(folder, { stages: STAGES, settings }), "image")
  expect(cell).toMatchObject({ outcome: "failed", findings: [{ rule: "smoke" }] })
})

it("makes an image from the wheel, whose user is not root", async () => {
  const folder = await project({})
  const settings = { "image.smoke": ["python", "-c", "import small, os; assert os.getuid() == 1000"] }
  const cell = cellOf(await runStages(folder, { stages: STAGES, settings }), "image")
  expect([cell.reason, cell.detail]).toEqual([undefined, undefined])
  expect(cell).toMatchObject({ outcome: "passed", measures: { user: "quillon" } })
})

it("is skipped for a library without a Dockerfile", async () => {
  const cell = cellOf(await runStages(await project({}), { stages: STAGES }), "image")
  expect(cell).toMatchObject({ outcome: "skipped", skip: "not-applicable" })
})
