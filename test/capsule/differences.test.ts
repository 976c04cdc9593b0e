import { expect, test } from "vitest"
import { describeDifferences, type Here } from "../../src/capsule/differences.js"
import type { Capsule } from "../../src/capsule/schema.js"
import { capsule } from "./capsules.js"

const SAME: Here = {
  quillon: "1.2.3",
  engine: "v0.21.7",
  platform: "linux/amd64",
  gone: [],
  without: [],
  resolves: [],
  builds: [],
}

test("where nothing differs nothing is said", () => {
  expect(describeDifferences(capsule(), SAME)).toEqual([])
})

const changes = (differs: Partial<Capsule["changes"]>) => ({
  changes: { kind: "recorded" as const, files: [], missing: [], ...differs },
})

test.each<[string, Partial<Capsule>, Partial<Here>, RegExp]>([
  ["the architecture", {}, { platform: "linux/arm64" }, /^linux\/amd64 there, linux\/arm64 here/],
  ["an architecture that nobody noted", { engine: { version: "v0.21.7", platform: null } }, {}, /nobody knows/],
  ["the engine", {}, { engine: "v0.22.0" }, /^engine v0\.21\.7 there, v0\.22\.0 here$/],
  ["Quillon", {}, { quillon: "2.0.0" }, /^Quillon 1\.2\.3 there, 2\.0\.0 here$/],
  ["an image that is gone", {}, { gone: ["python:3.11-slim@sha256:ab"] }, /python:3\.11-slim@sha256:ab is gone/],
  ["requirements that are not in it", {}, { resolves: ["resolve@3.11"] }, /has not what resolve@3\.11 had resolved/],
  ["what builds it", {}, { builds: ["build"] }, /has not what build had resolved/],
  ["changes that a setting keeps out", changes({ kind: "left-out" }), {}, /runs\.patch/],
  ["changes that nobody knows", changes({ kind: "unknown" }), {}, /ended before/],
  [
    "a changed file that is not in it",
    changes({ missing: [{ path: "a", why: "it is large" }] }),
    {},
    /a is as committed/,
  ],
  ["a value that is not at hand", { masked: ["DB"] }, { without: ["DB"] }, /the value of DB .*\*\*\*DB\*\*\*/],
])("%s is said in a line", (_, differs, here, line) => {
  expect(describeDifferences(capsule(differs), { ...SAME, ...here })).toEqual([expect.stringMatching(line)])
})

test("requirements of which one file was too long are resolved anew, and so it is said", () => {
  const requirements = { "resolve@3.11": { "test.txt": "pytest==9" } }
  const here = { ...SAME, resolves: ["resolve@3.11"] }
  expect(describeDifferences(capsule({ requirements }), here)).toEqual([])
  const partly = capsule({ requirements, withoutRequirements: ["resolve@3.11/types.txt"] })
  expect(describeDifferences(partly, here)).toHaveLength(1)
})
