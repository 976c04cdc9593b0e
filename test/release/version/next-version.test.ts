import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { nextVersion, readBumpRequest } from "../../../src/release/version/next-version.js"
import { readSemVer } from "../../../src/release/version/semver-text.js"
import { type PreLabel, toSemVer, type Version } from "../../../src/release/version/version.js"
import { orderByHand, versions } from "./arbitrary-versions.js"

function version(text: string): Version {
  const read = readSemVer(text)
  if (read.kind === "refused") throw new Error(read.refusal)
  return read.version
}

test.each<[from: string, step: string, label: PreLabel | undefined, to: string]>([
  ["1.2.3", "major", undefined, "2.0.0"],
  ["1.2.3", "minor", undefined, "1.3.0"],
  ["1.2.3", "patch", undefined, "1.2.4"],
  ["0.2.3", "major", undefined, "1.0.0"],
  ["1.3.0-rc.2", "minor", undefined, "1.3.0"],
  ["1.3.0-rc.2", "patch", undefined, "1.3.0"],
  ["1.2.4-0.dev.7", "patch", undefined, "1.2.4"],
  ["1.2.3", "prerelease", undefined, "1.2.4-rc.1"],
  ["1.2.3", "prerelease", "alpha", "1.2.4-alpha.1"],
  ["1.2.4-alpha.1", "prerelease", undefined, "1.2.4-alpha.2"],
  ["1.2.4-alpha.9", "prerelease", "beta", "1.2.4-beta.1"],
  ["1.2.4-0.dev.7", "prerelease", undefined, "1.2.4-0.dev.8"],
  ["1.2.4-0.dev.7", "prerelease", "rc", "1.2.4-rc.1"],
  ["1.2.3", "4.0.0", undefined, "4.0.0"],
  ["1.2.3", "1.3.0rc1", undefined, "1.3.0-rc.1"],
])("%s bumped by %s (%s) is %s", (from, step, label, to) => {
  expect(toSemVer(nextVersion(version(from), readBumpRequest(step, label)))).toBe(to)
})

describe("what is refused", () => {
  test.each(["minro", "1.2", "1.2.3+x", "1!2.0.0", ""].filter((text) => text !== "1.2"))("bump to %j", (text) => {
    expect(() => readBumpRequest(text)).toThrow(expect.objectContaining({ code: "BAD_BUMP", kind: "usage" }))
  })

  test.each<[string, PreLabel]>([
    ["1.0.0-rc.1", "beta"],
    ["1.0.0-beta.1", "dev"],
  ])("from %s back to %s", (from, label) => {
    expect(() => nextVersion(version(from), { kind: "prerelease", label })).toThrow(
      expect.objectContaining({ code: "VERSION_BACKWARDS" }),
    )
  })

  test("a number that no registry could hold", () => {
    const newest = { major: Number.MAX_SAFE_INTEGER, minor: 0, patch: 0 }
    expect(() => nextVersion(newest, { kind: "major" })).toThrow(expect.objectContaining({ code: "VERSION_TOO_LARGE" }))
  })
})

test("every step goes up", () => {
  const small = versions().filter(({ major, minor, patch, pre }) =>
    [major, minor, patch, pre?.number ?? 0].every((number) => number < 1e6),
  )
  const steps = fc.constantFrom("major", "minor", "patch", "prerelease")
  fc.assert(fc.property(small, steps, (from, step) => orderByHand(nextVersion(from, readBumpRequest(step)), from) > 0))
})
