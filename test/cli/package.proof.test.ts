import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { afterAll, beforeAll, expect, test } from "vitest"

const ROOT = join(import.meta.dirname, "../..")
let folder: string

/** An empty folder with nothing but the packed package in it. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "quillon package "))
  await execa("npm", ["pack", "--pack-destination", folder], { cwd: ROOT })
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "none"
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n')
  await execa("npm", ["install", "--no-audit", "--no-fund", `./${tarball}`], { cwd: folder })
}, 600_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }), 60_000)

test("npx quillon works", async () => {
  const { stdout } = await execa("npx", ["quillon", "--version"], { cwd: folder })
  expect(stdout).toMatch(/^\d+\.\d+\.\d+/)
})

test("the program says what a project is, without the checkout", async () => {
  cpSync(join(ROOT, "examples/service"), join(folder, "service"), {
    recursive: true,
    filter: (path) => !path.includes(".quillon"),
  })
  const { stdout } = await execa("npx", ["quillon", "inspect", "service"], { cwd: folder })
  expect(stdout).toContain("parcels")
})

test("the program finds what it builds an engine from", async () => {
  for (const part of ["go/go.mod", "guest", "typescript-sdk/runtime"]) {
    expect(existsSync(join(folder, "node_modules/quillon/engine", part)), part).toBe(true)
  }
})

test("the library is imported with its types", async () => {
  writeFileSync(
    join(folder, "pipeline.ts"),
    [
      'import { definePipeline, pythonStages, type Stage } from "quillon"',
      'const mine: Stage = { name: "mine", title: "Mine", cache: { kind: "pure" }, commands: () => [],',
      '  read: () => ({ kind: "looked", findings: [], measures: {}, tools: [] }) }',
      "process.stdout.write(definePipeline([...pythonStages, mine]).stages.map(({ name }) => name).join())",
    ].join("\n"),
  )
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc")
  const types = ["--typeRoots", join(ROOT, "node_modules/@types"), "--types", "node"]
  await execa(process.execPath, [tsc, "--strict", "--skipLibCheck", "--module", "nodenext", ...types, "pipeline.ts"], {
    cwd: folder,
  })
  const { stdout } = await execa(process.execPath, ["pipeline.js"], { cwd: folder })
  expect(stdout).toMatch(/^.*lint.*,mine$/)
})
