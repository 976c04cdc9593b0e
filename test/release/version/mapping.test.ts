import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { readIn } from "../../../src/release/version/dialect.js"
import { floatingImageTags, readImageTag, toImageTag } from "../../../src/release/version/image-tag.js"
import { readPep440, toPep440 } from "../../../src/release/version/pep440-text.js"
import { readSemVer } from "../../../src/release/version/semver-text.js"
import { compareVersions, toSemVer, type Version } from "../../../src/release/version/version.js"
import { orderByHand, versions } from "./arbitrary-versions.js"

describe("a version has one spelling in each world", () => {
  test.each([
    ["1.2.3", "1.2.3", "1.2.3"],
    ["1.2.3-alpha.1", "1.2.3a1", "1.2.3-alpha.1"],
    ["1.2.3-beta.0", "1.2.3b0", "1.2.3-beta.0"],
    ["1.2.3-rc.12", "1.2.3rc12", "1.2.3-rc.12"],
    ["1.2.3-0.dev.4", "1.2.3.dev4", "1.2.3-0.dev.4"],
    ["0.0.0", "0.0.0", "0.0.0"],
  ])("SemVer %s is Python's %s and the image tag %s", (semver, pep440, image) => {
    const read = readSemVer(semver)
    if (read.kind === "refused") throw new Error(read.refusal)
    expect(toPep440(read.version)).toBe(pep440)
    expect(toImageTag(read.version)).toBe(image)
    expect(readPep440(pep440)).toEqual(read)
    expect(readImageTag(image)).toEqual(read)
  })

  test("every version of the domain comes back from each spelling", () => {
    fc.assert(
      fc.property(versions(), (version) => {
        expect(readSemVer(toSemVer(version))).toEqual({ kind: "version", version })
        expect(readPep440(toPep440(version))).toEqual({ kind: "version", version })
        expect(readImageTag(toImageTag(version))).toEqual({ kind: "version", version })
      }),
    )
  })

  test("every image tag is one that registries take", () => {
    fc.assert(fc.property(versions(), (version) => /^\w[\w.-]{0,127}$/.test(toImageTag(version))))
  })

  test("order is that of numbers, with dev before alpha before beta before rc before the release", () => {
    fc.assert(
      fc.property(versions(), versions(), (a, b) => {
        expect(Math.sign(compareVersions(a, b))).toBe(orderByHand(a, b))
      }),
      { numRuns: 2000 },
    )
  })
})

test.each<[text: string, version: Version]>([
  ["1", { major: 1, minor: 0, patch: 0 }],
  ["26.1", { major: 26, minor: 1, patch: 0 }],
  ["v1.2.3", { major: 1, minor: 2, patch: 3 }],
  ["2024.07.04", { major: 2024, minor: 7, patch: 4 }],
  ["1.0c2", { major: 1, minor: 0, patch: 0, pre: { label: "rc", number: 2 } }],
  ["1.0.0-preview_3", { major: 1, minor: 0, patch: 0, pre: { label: "rc", number: 3 } }],
  ["1.0a", { major: 1, minor: 0, patch: 0, pre: { label: "alpha", number: 0 } }],
  ["1.2.0-rc.1", { major: 1, minor: 2, patch: 0, pre: { label: "rc", number: 1 } }],
])("Python's spelling %s is understood", (text, version) => {
  expect(readPep440(text)).toEqual({ kind: "version", version })
})

describe("what lies outside is refused by name", () => {
  test.each([
    ["1.0.post1", "post-release"],
    ["1.0-1", "post-release"],
    ["1.2.0-0.dev.5", "post-release"],
    ["1!1.0", "epoch"],
    ["1.0+ubuntu.1", "local-version"],
    ["1.0a1.dev2", "dev-of-pre-release"],
    ["1.2.3.4", "release-length"],
    ["99999999999999999.0.0", "too-large"],
    ["unknown", "not-a-version"],
    ["", "not-a-version"],
    ["1.0.0 1", "not-a-version"],
  ])("PEP 440 %s: %s", (text, refusal) => {
    expect(readPep440(text)).toEqual({ kind: "refused", refusal, text })
  })

  test.each([
    ["1.2.3+build.5", "build-metadata"],
    ["1.2.3-alpha", "pre-release-label"],
    ["1.2.3-rc.1.2", "pre-release-label"],
    ["1.2.3-0", "pre-release-label"],
    ["1.2.3-0.dev.x", "pre-release-label"],
    ["1.2.3-preview.1", "pre-release-label"],
    ["1.2.99999999999999999", "too-large"],
    ["1.2.3-rc.99999999999999999", "too-large"],
    ["01.2.3", "not-a-version"],
    ["1.2.3-rc.01", "not-a-version"],
    ["v1.2.3", "not-a-version"],
    [" 1.2.3", "not-a-version"],
    ["1.2", "not-a-version"],
  ])("SemVer %s: %s", (text, refusal) => {
    expect(readSemVer(text)).toEqual({ kind: "refused", refusal, text })
  })

  test("no text makes a reader throw, and what it accepts it can write and read again", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9v!.+abcrdevpost_-]{0,24}$/)), (text) => {
        for (const dialect of ["semver", "pep440"] as const) {
          const read = readIn(dialect, text)
          if (read.kind === "version") expect(readSemVer(toSemVer(read.version))).toEqual(read)
        }
      }),
      { numRuns: 3000 },
    )
  })
})

test("a development version is one where people write it, and a post-release's where Python reads it", () => {
  const text = "1.2.0-0.dev.5"
  expect(readIn("semver", text)).toMatchObject({ kind: "version", version: { pre: { label: "dev", number: 5 } } })
  expect(readIn("pep440", text)).toMatchObject({ kind: "refused", refusal: "post-release" })
})

test.each([
  ["1.2.3", ["1.2", "1", "latest"]],
  ["0.2.3", ["0.2", "latest"]],
  ["1.2.3-rc.1", []],
  ["1.2.3-0.dev.1", []],
])("%s may move the image tags %j", (text, tags) => {
  const read = readSemVer(text)
  expect(read.kind === "version" && floatingImageTags(read.version)).toEqual(tags)
})
