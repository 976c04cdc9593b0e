import { expect, test } from "vitest"
import {
  compareVersions,
  planRelease,
  planSchema,
  readPep440,
  readPlan,
  releaseSettingsSchema,
  renderPlan,
  toImageTag,
  toSemVer,
} from "../src/index.js"
import { factsOf, NOW } from "./release/fixture.js"

test("a program plans a release, keeps the plan and reads it again", async () => {
  const facts = factsOf({ history: ["feat: a", { tag: "v1.2.0" }, "fix: b"] })
  const plan = await planRelease(facts, releaseSettingsSchema.parse({}), NOW)
  if (plan.kind === "refused") throw new Error(plan.message)
  expect(renderPlan(plan)).toMatch(/^## engine 1\.2\.0 → 1\.2\.1 /)
  expect(planSchema.parse(plan)).toEqual(plan)
  expect(readPlan(JSON.stringify(plan))).toEqual({ kind: "plan", plan })
})

test("a program maps versions from Python to SemVer and image tags, in order", () => {
  const versions = ["1.2.0.dev3", "1.2.0a1", "1.2.0rc1", "1.2.0"].map((text) => {
    const read = readPep440(text)
    if (read.kind === "refused") throw new Error(read.refusal)
    return read.version
  })
  expect(versions.map(toSemVer)).toEqual(["1.2.0-0.dev.3", "1.2.0-alpha.1", "1.2.0-rc.1", "1.2.0"])
  expect(versions.map(toImageTag)).toEqual(versions.map(toSemVer))
  expect([...versions].reverse().sort(compareVersions)).toEqual(versions)
  expect(readPep440("1.2.0.post1")).toMatchObject({ kind: "refused", refusal: "post-release" })
})
