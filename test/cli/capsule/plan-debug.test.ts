import { execFileSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { removeTree } from "../../../cli/capsule/check-out.js"
import { meetEngine } from "../../../cli/capsule/meet-engine.js"
import { type CapsulePlan, planFromCapsule } from "../../../cli/capsule/plan-debug.js"
import { readRunRequest } from "../../../cli/run-request.js"
import type { Capsule } from "../../../src/capsule/schema.js"
import { settingsSchema } from "../../../src/project/settings.js"
import { capsule } from "../../capsule/capsules.js"
import { writeFiles } from "../../write-files.js"
import { fakeIo } from "../fake-io.js"

const PYPROJECT = `[build-system]
requires = ["flit_core"]
build-backend = "flit_core.buildapi"
[project]
name = "small"
version = "1.0.0"
description = "small"
requires-python = ">=3.11,<3.14"
`
const DIGEST = `sha256:${"ab".repeat(32)}`

let cwd: string
let commit: string
let plans: CapsulePlan[] = []
const git = (...args: readonly string[]) =>
  execFileSync("git", ["-C", cwd, "-c", "user.name=t", "-c", "user.email=t@t", ...args], { encoding: "utf8" }).trim()

beforeEach(async () => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), "quillon-plan-")))
  await writeFiles(cwd, { "pyproject.toml": PYPROJECT, "small.py": '"""small"""\n', "tests/test_a.py": "" })
  git("init", "-q")
  git("add", "-A")
  git("commit", "-qm", "one")
  commit = git("rev-parse", "HEAD")
})
afterEach(() => {
  for (const { root } of plans) removeTree(root)
  plans = []
  rmSync(cwd, { recursive: true, force: true })
})

const wrong = { outcome: "failed" as const, reason: "1 failed", environment: [], secrets: [], commands: [] }
const settings = (tables: object = {}) => settingsSchema.parse(tables) as Capsule["settings"]

/** Plans to open a capsule of the project's commit. */
async function plan(differs: Partial<Capsule> = {}, name?: string, env: Readonly<Record<string, string>> = {}) {
  const text = JSON.stringify(capsule({ commit, cells: [{ address: "test@3.12", ...wrong }], ...differs }))
  await writeFiles(cwd, { "run/capsule.json": text })
  const io = fakeIo({ cwd, env })
  const made = await planFromCapsule(io, {
    run: readRunRequest({ format: "text", color: "auto" }, { args: [] }),
    ...(name === undefined ? {} : { name }),
    capsule: { path: join(cwd, "run"), word: "run" },
    state: "before",
    argv: [],
    version: "1.2.3",
    signal: new AbortController().signal,
  })
  plans.push(made)
  return { made, io }
}

test("the tree is the commit's with the changes of the run, the settings are the run's, the cell is the one that failed", async () => {
  await writeFiles(cwd, { "small.py": "under the hands" })
  const changes: Capsule["changes"] = {
    kind: "recorded",
    files: [{ kind: "text", path: "tests/test_b.py", executable: false, text: "new" }],
    missing: [],
  }
  const { made, io } = await plan({ changes, settings: settings({ test: { timeout: 5 } }) }, undefined, {
    QUILLON_TEST_TIMEOUT: "7",
  })
  expect(made.cell).toMatchObject({ address: "test@3.12", last: { outcome: "failed", reason: "1 failed" } })
  expect(readFileSync(join(made.root, "tests/test_b.py"), "utf8")).toBe("new")
  expect(readFileSync(join(made.root, "small.py"), "utf8")).toBe('"""small"""\n')
  expect(made.known).toMatchObject({ folder: made.root, settings: { test: { timeout: 5 } } })
  expect(io.err()).toBe(`run 20261124-053012-ab12: commit ${commit.slice(0, 12)} of ${cwd}, with 1 changed file\n`)
})

test("what was meant for the tool reaches the cell that it was meant for, and what built the project its build", async () => {
  const request = { args: ["-k", "a"], only: ["test"], timeout: 9 }
  const { made } = await plan({ request, buildRequirements: { build: { "build-requirements.txt": "flit_core==3" } } })
  expect(made.options).toMatchObject({ args: ["-k", "a"], timeoutSeconds: 9 })
  expect(made.recorded?.buildRequirements?.("build")).toBe("flit_core==3")
  expect((await plan({ request }, "lint")).made.options.args).toEqual([])
})

test("secrets are asked for by name, of the cells on the way alone", async () => {
  const tables = settings({ test: { secrets: ["DB_A", "DB_B"] }, lint: { secrets: ["OTHER"] } })
  await expect(plan({ settings: tables })).rejects.toMatchObject({
    code: "MISSING_SECRET",
    message: expect.stringContaining("test@3.12 needs the secrets DB_A, DB_B"),
    next: "DB_A=… DB_B=… quillon debug run test@3.12",
  })
  const { made } = await plan({ settings: tables }, undefined, { DB_A: "a", DB_B: "b" })
  expect(made.secrets).toEqual(["DB_A", "DB_B"])
})

test.each<[string, Partial<Capsule>, object]>([
  [
    "of a green run",
    { cells: [{ address: "lint", ...wrong, outcome: "passed" }] },
    { code: "WHICH_STAGE", next: "quillon debug run lint" },
  ],
  ["of a folder outside git", { commit: null }, { code: "CAPSULE_WITHOUT_COMMIT" }],
  ["of another version's settings", { settings: { later: 1 } }, { code: "CAPSULE_SETTINGS" }],
])("a capsule %s is refused, and nothing is left of its tree", async (_, differs, error) => {
  await expect(plan(differs)).rejects.toMatchObject(error)
})

test("a project path that leads out of the tree is not followed", async () => {
  const { made } = await plan({ project: { name: "small", path: "../../etc" } })
  expect(made.known.folder).toBe(made.root)
  removeTree(made.root)
  expect(existsSync(made.root)).toBe(false)
})

test("images that the engine can have are pinned, others are let go and said", async () => {
  const images = ["python:3.12-slim", "python:3.13-slim"].map((name) => ({ name, digest: DIGEST, origin: "registry" }))
  const { made, io } = await plan({ images, requirements: { "resolve@3.12": {} } })
  const from = (address: string) => ({
    imageRef: async () => {
      if (address.includes("3.13")) throw new Error("not found")
      return address
    },
  })
  const dag = { container: () => ({ from }) } as never
  const { known } = await meetEngine(io, made, {
    engine: { dag, version: "v0.21.7", platform: "linux/arm64" },
    version: "1.2.3",
  })
  expect(known.settings.images.pins).toEqual({ "3.12": DIGEST })
  expect(io.err().split("\n").slice(1, -1)).toEqual([
    "  linux/amd64 there, linux/arm64 here: what was built for one may not run on the other",
    `  the image python:3.13-slim@${DIGEST} is gone: what its name means today stands in for it`,
    "  the capsule has not what build had resolved: it is resolved anew",
  ])
})
