import { readFile, rm, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { execa } from "execa"
import { afterAll, beforeAll, expect, it } from "vitest"
import { cloneRepository } from "../../../module/checkout.js"
import { dagger, MODULE } from "../../../module/dagger.js"
import { fetchProject, RELEASES } from "../../../projects.js"
import { prepareStockWay } from "./prepare.js"

let module: string
let project: string

beforeAll(async () => {
  module = await cloneRepository(MODULE)
  project = await fetchProject(RELEASES.itsdangerous)
  await writeFile(join(project, "quillon.toml"), '[python]\nversions = ["3.11"]\n')
  await dagger(["develop"], { cwd: module })
  // A module sees other modules of its repository only.
  await rm(join(module, ".git"), { recursive: true })
  await execa("git", ["init", "--quiet", dirname(module)])
  await prepareStockWay(dirname(module), join(module, "sdk"))
  const config = JSON.parse(await readFile(join(module, "dagger.json"), "utf8"))
  await writeFile(join(module, "dagger.json"), JSON.stringify({ ...config, sdk: { source: "../stock-way" } }))
})

afterAll(async () => {
  await Promise.all([module, project].map((folder) => rm(dirname(folder), { recursive: true, force: true })))
})

it("is introspected with TypeScript 5.9.3", async () => {
  const { exitCode, stdout, stderr } = await dagger(["--mod", module, "functions"], { cwd: project })
  expect(exitCode, stderr).toBe(0)
  expect(stdout).toMatch(/^test\s+Tests the built wheel/m)
})

it("is served by tsx and the npm package's entry point", async () => {
  const { exitCode, stdout, stderr } = await dagger(["--mod", module, "call", "inspect"], { cwd: project })
  expect(exitCode, stderr).toBe(0)
  expect(JSON.parse(stdout).project).toMatchObject({ name: "itsdangerous", version: "2.2.0", interpreters: ["3.11"] })
})
