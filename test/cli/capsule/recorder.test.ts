import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { recordCapsule } from "../../../cli/capsule/recorder.js"
import { inputsSchema } from "../../../src/capsule/inputs.js"
import { readCapsule } from "../../../src/capsule/read-capsule.js"
import { definePipeline } from "../../../src/pipeline/pipeline.js"
import { runPipeline } from "../../../src/pipeline/runner.js"
import type { World } from "../../../src/pipeline/world.js"
import { settingsSchema } from "../../../src/project/settings.js"
import { CLEAN, execution, fakeStage, fakeWorld } from "../../pipeline/fakes.js"

let root: string
let folder: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "quillon-capsule-"))
  folder = join(root, ".quillon/runs/one")
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(root, ".quillon/.gitignore"), "*\n")
  git("init", "-q")
  git("remote", "add", "origin", "https://ci:remote-password@forge.example/parcels.git")
  writeFileSync(join(root, "kept.txt"), "as committed\n")
  writeFileSync(join(root, "gone.txt"), "gone\n")
  git("add", "-A")
  git("commit", "-qm", "one")
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function git(...args: readonly string[]): string {
  return execFileSync("git", ["-C", root, "-c", "user.name=t", "-c", "user.email=t@t", ...args], { encoding: "utf8" })
}

const SECRETS = { DB_PASSWORD: "hunter2hunter2", DEPLOY_TOKEN: "deploy-0123456789", INDEX: "ada:index-pass" }
const settings = settingsSchema.parse({
  index: { url: "https://ada:index-pass@pypi.example/simple", credential: "INDEX" },
  test: { secrets: ["DB_PASSWORD"], env: { URL: "postgres://db:hunter2hunter2@db" }, args: ["--x=deploy-0123456789"] },
})

function record(env: Readonly<Record<string, string>> = SECRETS, changes: Partial<World> = {}) {
  const { world } = fakeWorld({ settings, ...changes })
  const facts = { ...world.facts, commit: git("rev-parse", "HEAD").trim(), dirty: true }
  const plan = { jobs: 1, args: ["--password=hunter2hunter2"] }
  return recordCapsule(
    { env, folder, project: root, version: "1.2.3", platform: "linux/amd64", root, plan },
    { ...world, facts },
    "one",
  )
}

const text = () => readFileSync(join(folder, "capsule.json"), "utf8")
const capsule = () => readCapsule(text(), "capsule.json")

async function run(recorder: ReturnType<typeof record>) {
  const test = fakeStage({
    name: "test",
    commands({ sources }) {
      sources.view({ include: ["tests/**"], exclude: ["*.pyc"] })
      return [{ name: "pytest", container: {} as never, argv: ["pytest", "--dsn=hunter2hunter2"] }]
    },
    read: () => ({ ...CLEAN, findings: [] }) as never,
  })
  const resolve = fakeStage({ name: "resolve", gives: ["requirements"] })
  const world = { ...recorder.world, emit: recorder.before(() => {}), settings: settingsSchema.parse({}) }
  const report = await runPipeline(definePipeline([resolve, test]), world, { jobs: 1 })
  await recorder.finish(report)
}

test("a run says where it came from, what it ran and for which names it needs values", async () => {
  const recorder = record()
  await run(recorder)
  expect(capsule()).toMatchObject({
    ended: true,
    quillon: "1.2.3",
    engine: { version: "v0", platform: "linux/amd64" },
    commit: git("rev-parse", "HEAD").trim(),
    remote: "https://forge.example/parcels.git",
    secrets: ["DB_PASSWORD", "INDEX"],
    images: expect.arrayContaining([{ name: "python:3.13-slim", digest: "sha256:00", origin: "test" }]),
    cells: [
      { address: "resolve", outcome: "passed", commands: [{ name: "resolve", argv: ["resolve"] }] },
      { address: "test", environment: ["URL"], secrets: ["DB_PASSWORD"], commands: [{ name: "pytest" }] },
    ],
  })
})

test("no value of a secret is anywhere in it: not in arguments, settings, remote, changed files, links or bytes", async () => {
  writeFileSync(join(root, "kept.txt"), "password = hunter2hunter2\n")
  writeFileSync(join(root, "new-deploy-0123456789.txt"), "token: deploy-0123456789\n")
  writeFileSync(join(root, "dump.bin"), Buffer.concat([Buffer.from([0, 255]), Buffer.from("xx ada:index-pass")]))
  symlinkSync("hunter2hunter2", join(root, "link"))
  await run(record())
  for (const value of [...Object.values(SECRETS), "remote-password", "index-pass"]) expect(text()).not.toContain(value)
  expect(capsule().changes).toEqual({
    kind: "recorded",
    files: expect.arrayContaining([
      { kind: "text", path: "kept.txt", executable: false, text: "password = ***DB_PASSWORD***\n" },
      { kind: "link", path: "link", target: "***DB_PASSWORD***" },
    ]),
    missing: [{ path: "dump.bin", why: "it holds the value of INDEX" }],
  })
  expect(capsule().masked).toEqual(["DB_PASSWORD", "DEPLOY_TOKEN"])
})

test("what differs from the commit is there as it is: new, changed, staged, gone, executable, not text", async () => {
  writeFileSync(join(root, "kept.txt"), "changed\r\n")
  rmSync(join(root, "gone.txt"))
  mkdirSync(join(root, "new folder"))
  writeFileSync(join(root, "new folder/tool ü.sh"), "#!/bin/sh\n", { mode: 0o755 })
  writeFileSync(join(root, "bytes"), Buffer.from([0, 1, 254]))
  git("add", "bytes")
  await run(record({}))
  expect(capsule().changes.files).toEqual(
    expect.arrayContaining([
      { kind: "text", path: "kept.txt", executable: false, text: "changed\r\n" },
      { kind: "gone", path: "gone.txt" },
      { kind: "text", path: "new folder/tool ü.sh", executable: true, text: "#!/bin/sh\n" },
      { kind: "bytes", path: "bytes", executable: false, base64: "AAH+" },
    ]),
  )
  expect(capsule().changes.files).toHaveLength(4)
})

test("a file that is too large is named and left out", async () => {
  writeFileSync(join(root, "large.txt"), "x".repeat(1024 * 1024 + 1))
  await run(record({}))
  expect(capsule().changes).toMatchObject({ files: [], missing: [{ path: "large.txt", why: "it has 1048577 bytes" }] })
})

test("a setting keeps changed files out of it", async () => {
  writeFileSync(join(root, "kept.txt"), "private\n")
  await run(record({}, { settings: settingsSchema.parse({ runs: { patch: false } }) }))
  expect(capsule().changes).toEqual({ kind: "left-out", files: [], missing: [] })
})

test("requirements that a cell left are in it as they are", async () => {
  const artifact = { path: "artifacts/resolve/requirements/test.txt", sha256: "00", bytes: 9 }
  mkdirSync(join(folder, "artifacts/resolve/requirements"), { recursive: true })
  writeFileSync(join(folder, artifact.path), "pytest==9\n")
  const kept = { requirements: [{ path: "test.txt", sha256: "00", bytes: 9 }] }
  const recorder = record(
    {},
    { supervise: fakeWorld({ answer: ({ name }) => execution({ command: name, kept }) }).world.supervise },
  )
  await run(recorder)
  expect(capsule().requirements.resolve).toEqual({ "test.txt": "pytest==9\n" })
})

test("a run says what its cells depended on: files that they were shown, commands, what they gave", async () => {
  writeFileSync(join(root, "kept.txt"), "changed\n")
  const kept = { wheel: [{ path: "a.whl", sha256: "00", bytes: 9 }] }
  const supervise = fakeWorld({ answer: ({ name }) => execution({ command: name, kept }) }).world.supervise
  await run(record(SECRETS, { supervise }))
  const { cells, files } = inputsSchema.parse(JSON.parse(readFileSync(join(folder, "inputs.json"), "utf8")))
  expect(Object.keys(files ?? {}).sort()).toEqual(["gone.txt", "kept.txt"])
  expect(cells.test).toMatchObject({
    outcome: "passed",
    commands: [{ name: "pytest", argv: ["pytest", "--dsn=***DB_PASSWORD***"], salt: {} }],
    views: [{ include: ["tests/**"], exclude: ["*.pyc"], levels: 0, ignored: false }],
    gives: {
      wheel: createHash("sha256")
        .update("a.whl\0" + "00\n")
        .digest("hex"),
    },
  })
  expect(cells.resolve?.views).toEqual([])
})

test("a run that is killed leaves what was known by then", async () => {
  writeFileSync(join(root, "kept.txt"), "changed\n")
  record({})
  await vi.waitFor(() => expect(capsule().changes.kind).toBe("recorded"))
  expect(capsule()).toMatchObject({ ended: false, cells: [], remote: "https://forge.example/parcels.git" })
})
