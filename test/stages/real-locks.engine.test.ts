import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { resolve } from "../../src/stages/resolve.js"
import { openEngine } from "../engine-session.js"
import { writeFiles } from "../write-files.js"
import { cellOf, runStages } from "./run-stages.js"
import { transcript } from "./transcripts.js"

const PYTHONS = ["3.9", "3.11", "3.13"]

let engine: Awaited<ReturnType<typeof openEngine>>
let folder: string
beforeAll(async () => {
  engine = await openEngine()
  folder = await mkdtemp(join(tmpdir(), "quillon-locks-"))
})
afterAll(async () => {
  await engine?.close()
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
})

it.each(["poetry", "pdm"])("installs for the tests what %s exports for them, on each Python", async (tool) => {
  const project = join(folder, tool)
  await writeFiles(project, {
    "pyproject.toml": transcript(`locks/${tool}/pyproject.toml`),
    [`${tool}.lock`]: transcript(`locks/${tool}/${tool}.lock`),
    "src/demo/__init__.py": "",
  })
  const report = await runStages(project, { stages: [resolve], pythons: PYTHONS })
  for (const python of PYTHONS) {
    const { packages } = cellOf(report, `resolve@${python}`).measures as {
      packages: { test: Readonly<Record<string, string>> }
    }
    const pins = Object.entries(packages.test).map(([name, version]) => `${name}==${version}`)
    // coverage is ours, and stands in no lock.
    const locked = pins.filter((pin) => !pin.startsWith("coverage==")).sort()
    expect(locked, python).toEqual(transcript(`locks/${tool}/export-${python}.txt`).trim().split("\n").sort())
  }
})
