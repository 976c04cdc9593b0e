import { expect, test } from "vitest"
import type { Need } from "../../src/pipeline/artifact.js"
import type { Outcome } from "../../src/pipeline/outcome.js"
import { readinessOf } from "../../src/pipeline/readiness.js"
import { fakeStage } from "./fakes.js"

const passed: Outcome = { kind: "passed" }
const failed: Outcome = { kind: "failed", findings: [], why: "3 errors" }
const errored: Outcome = { kind: "errored", reason: "no network" }
const skipped = (skip: "not-applicable" | "no-image" | "cancelled"): Outcome => ({
  kind: "skipped",
  reason: "because",
  skip,
})
const one: Need = { kind: "wheel", from: "one", when: "passed" }

test.each<[string, Need, Outcome | undefined, boolean, string]>([
  ["waits for a giver that has not ended", one, undefined, false, "wait"],
  ["starts when its giver passed", one, passed, true, "start"],
  ["is skipped when its giver failed", one, failed, true, "skip: build failed"],
  ["is skipped when its giver could not look", one, errored, false, "skip: build errored"],
  ["starts on a failed giver that looked, when looking is enough", { ...one, when: "looked" }, failed, true, "start"],
  [
    "is skipped on an errored giver, even when looking is enough",
    { ...one, when: "looked" },
    errored,
    false,
    "skip: build errored",
  ],
  [
    "starts without an optional input that does not apply",
    { ...one, optional: true },
    skipped("not-applicable"),
    false,
    "start",
  ],
  ["is skipped when a needed input does not apply", one, skipped("not-applicable"), false, "skip: because"],
  ["shares the fate of its interpreter", one, skipped("no-image"), false, "skip: because"],
  [
    "fans in without an interpreter that can't be had",
    { ...one, from: "every-cell" },
    skipped("no-image"),
    false,
    "start",
  ],
])("a cell %s", (_, need, outcome, looked, expected) => {
  const node = {
    address: "test",
    stage: fakeStage({ name: "test" }),
    cell: { key: "" },
    edges: [{ need, from: ["build"] }],
  }
  const ended = new Map(outcome === undefined ? [] : [["build", { outcome, looked }]])
  const readiness = readinessOf(node, ended)
  expect(readiness.kind === "skip" ? `skip: ${readiness.reason}` : readiness.kind).toBe(expected)
})
