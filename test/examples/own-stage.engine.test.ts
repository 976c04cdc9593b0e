import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { build } from "esbuild"
import { execa } from "execa"
import { afterAll, beforeAll, expect, test } from "vitest"
import { engineEnvironment } from "../engine-session.js"

const ROOT = join(import.meta.dirname, "../..")
let folder: string
let program: string
let project: string

beforeAll(async () => {
  // Below the checkout, so that the program finds @dagger.io/dagger as a user's would.
  folder = mkdtempSync(join(ROOT, "node_modules/.own-stage-"))
  program = join(folder, "pipeline.mjs")
  project = mkdtempSync(join(tmpdir(), "quillon-service-"))
  await build({
    entryPoints: [join(ROOT, "examples/own-stage/pipeline.ts")],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    alias: { quillon: join(ROOT, "src/index.ts") },
    external: ["@dagger.io/dagger"],
  })
  cpSync(join(ROOT, "examples/service"), project, {
    recursive: true,
    filter: (path) => !path.includes(".quillon") && !path.includes("__pycache__"),
  })
})
afterAll(() => {
  for (const made of [folder, project]) rmSync(made, { recursive: true, force: true })
})

function runProgram(...only: readonly string[]) {
  return execa(process.execPath, [program, project, ...only], { reject: false, all: true, env: engineEnvironment() })
}

test("a program runs Quillon's stages and one of its own", async () => {
  const { all, exitCode } = await runProgram("lint", "spelling")
  expect(all).toContain("lint passed")
  expect(all).toContain("spelling passed")
  expect(all).toContain("parcels: passed")
  expect(exitCode).toBe(0)
})

test("the stage of its own has findings and a gate like any other", async () => {
  writeFileSync(join(project, "NOTES.md"), "Recieve teh parcel.\n")
  const { all, exitCode } = await runProgram("spelling")
  expect(all).toContain("spelling failed 2 misspelled words")
  expect(exitCode).toBe(1)
})
