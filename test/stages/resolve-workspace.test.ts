import { expect, test } from "vitest"
import type { LockFile } from "../../src/project/project.js"
import { resolve } from "../../src/stages/resolve.js"
import { resolvePlan } from "../../src/stages/resolve-plan.js"
import { readResolve } from "../../src/stages/resolve-reading.js"
import { record } from "./recording.js"
import { executed, projectWith, reading, transcript } from "./transcripts.js"

const lock = { kind: "uv", path: "../../uv.lock", groups: {}, extras: {} } as unknown as LockFile
const member = projectWith({ path: "libs/packages/small", dependencies: { ...projectWith().dependencies, lock } })

test("a member of a workspace is resolved in its place below the root, where the root's lock is found", () => {
  const calls = record(resolve, { project: member, above: true }).callsOf("resolve")
  expect(calls).toContainEqual(["withWorkdir", "/work/packages/small"])
  expect(calls.filter(([method]) => method === "withMountedDirectory").map(([, path]) => path)).toEqual([
    "/work",
    "/work/packages/small",
  ])
})

test("where the door does not see above the project, the lock is left out of the plan", () => {
  expect(resolvePlan(member, { seesAbove: false, parallel: false }).lock).toBeNull()
  expect(resolvePlan(member, { seesAbove: true, parallel: false }).lock).toEqual(lock)
  expect(record(resolve, { project: member }).callsOf("resolve")).toContainEqual(["withWorkdir", "/work"])
})

test("other members that the lock names are told, because nobody installs them", () => {
  const report = { ...JSON.parse(transcript("resolve/resolved.json")), lock: "../../uv.lock", members: ["../other"] }
  const execution = executed({ command: "resolve", reports: { resolve: JSON.stringify(report) } })
  expect(readResolve([execution], { ...reading(), project: member })).toMatchObject({
    kind: "looked",
    findings: [{ rule: "workspace-member", severity: "warning", message: expect.stringContaining("../other") }],
  })
})
