import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { build } from "../../src/stages/build.js"
import { image } from "../../src/stages/image.js"
import { resolve } from "../../src/stages/resolve.js"
import { openEngine } from "../engine-session.js"
import { writeFiles } from "../write-files.js"
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
  await writeFiles(folder, { "pyproject.toml": PYPROJECT, "src/small/__init__.py": '"""Small."""\n', ...files })
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

it("starts an image without a smoke command, and takes an open port for life", async () => {
  const server = 'FROM python:3.13-slim\nEXPOSE 8000\nUSER 1234\nCMD ["python", "-m", "http.server"]\n'
  const cell = cellOf(await runStages(await project({ Dockerfile: server }), { stages: STAGES }), "image")
  expect([cell.reason, cell.findings]).toEqual([undefined, []])
  expect(cell).toMatchObject({
    outcome: "passed",
    measures: { started: expect.stringMatching(/^python -m http\.server: it listens on port 8000/) },
  })
})

it("fails an image that does not stay alive, with the last lines of what it said", async () => {
  const broken = "FROM python:3.13-slim\nCMD python -c \"import sys; sys.exit('no DATABASE_URL')\"\n"
  const cell = cellOf(await runStages(await project({ Dockerfile: broken }), { stages: STAGES }), "image")
  expect(cell).toMatchObject({
    outcome: "failed",
    findings: [{ rule: "start", message: expect.stringContaining("exit code 1"), detail: "no DATABASE_URL" }],
  })
})

it("names the instruction of a Dockerfile that fails, with its last lines", async () => {
  const broken = "FROM python:3.13-slim\nRUN echo begun && \\\n  python -c 'import nothing_like_this'\n"
  const cell = cellOf(await runStages(await project({ Dockerfile: broken }), { stages: STAGES }), "image")
  expect(cell).toMatchObject({
    outcome: "failed",
    findings: [
      {
        rule: "build",
        file: "Dockerfile",
        message: expect.stringMatching(/^RUN echo begun .* ended with exit code 1$/),
        detail: expect.stringContaining("No module named 'nothing_like_this'"),
      },
    ],
  })
})

it("could not look where a base image can't be had", async () => {
  const cell = cellOf(
    await runStages(await project({ Dockerfile: "FROM nosuch/image:9\n" }), { stages: STAGES }),
    "image",
  )
  expect(cell).toMatchObject({ outcome: "errored", reason: expect.stringContaining("nosuch/image:9") })
})

it("makes an image from the wheel, whose user is not root and which holds no installer", async () => {
  const folder = await project({})
  const probe = "import os, shutil, small; assert os.getuid() == 1000; assert not shutil.which('uv')"
  const settings = { "image.smoke": ["python", "-c", probe], "image.keep": true }
  const facts = { commit: "c0ffee".padEnd(40, "0"), dirty: false, committed: "2026-01-02T03:04:05Z" }
  const cell = cellOf(await runStages(folder, { stages: STAGES, settings, facts }), "image")
  expect([cell.reason, cell.detail]).toEqual([undefined, undefined])
  expect(cell).toMatchObject({
    outcome: "passed",
    measures: {
      user: "quillon",
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      labels: {
        "org.opencontainers.image.version": "1.2.3",
        "org.opencontainers.image.revision": facts.commit,
        "org.opencontainers.image.created": facts.committed,
      },
    },
    artifacts: [{ path: "artifacts/image/image/image.tar" }],
  })
})

it("waits for the health check of a generated image", async () => {
  const main = "import http.server\n\nhttp.server.test(http.server.SimpleHTTPRequestHandler, port=8080)\n"
  const check = "import urllib.request as r; r.urlopen('http://127.0.0.1:8080')"
  const folder = await project({ "src/small/__main__.py": main })
  const settings = { "image.healthcheck": ["python", "-c", check] }
  const cell = cellOf(await runStages(folder, { stages: STAGES, settings }), "image")
  expect([cell.reason, cell.findings]).toEqual([undefined, []])
  expect(cell.measures.started).toMatch(/^python -m small: its health check passed/)
})

it("is skipped for a library without a Dockerfile", async () => {
  const cell = cellOf(await runStages(await project({}), { stages: STAGES, only: ["image"] }), "image")
  expect(cell).toMatchObject({ outcome: "skipped", skip: "not-applicable" })
})
