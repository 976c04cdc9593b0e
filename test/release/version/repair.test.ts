import { describe, expect, test } from "vitest"
import { checkVersions } from "../../../src/release/version/check.js"
import type { Edit } from "../../../src/release/version/edits.js"
import { readBumpRequest } from "../../../src/release/version/next-version.js"
import { bumpEdits, syncEdits } from "../../../src/release/version/repair.js"
import { factsOf, type Given, pyproject } from "./facts-of.js"

const said = (edits: readonly Edit[]) =>
  edits.map(({ file, line, before, after }) => `${file}:${line} ${before} ${after}`)
const sync = (given: Given) => said(syncEdits(checkVersions(factsOf(given))))
const bump = (given: Given, step: string) => said(bumpEdits(checkVersions(factsOf(given)), readBumpRequest(step)).edits)

const REPEATED = {
  "pyproject.toml": pyproject("3.3.0"),
  "src/demo/__init__.py": '__version__ = "3.1"\nversion_info = (3, 1, 0)\n',
  "docs/conf.py": 'version = "3.1"\nrelease = "3.1.0"\n',
  "CITATION.cff": "version: 3.3.0\n",
}

describe("sync", () => {
  test("repairs the case that Quillon was started for, and nothing else", () => {
    expect(sync({ files: REPEATED, tags: { c1: ["v3.2.0"] } })).toEqual([
      "src/demo/__init__.py:1 3.1 3.3.0",
      "src/demo/__init__.py:2 3, 1, 0 3, 3, 0",
      "docs/conf.py:1 3.1 3.3",
      "docs/conf.py:2 3.1.0 3.3.0",
    ])
  })

  test("each place gets the version in its own words", () => {
    const files = {
      ...REPEATED,
      "pyproject.toml": pyproject("3.4.0rc2"),
      "src/demo/__init__.py": '__version__ = "3.1"\n',
    }
    expect(sync({ files })).toEqual([
      "src/demo/__init__.py:1 3.1 3.4.0rc2",
      "docs/conf.py:1 3.1 3.4",
      "docs/conf.py:2 3.1.0 3.4.0rc2",
      "CITATION.cff:1 3.3.0 3.4.0-rc.2",
    ])
  })

  test("Python's places get what Python's source says, letter by letter, even a post-release", () => {
    const files = {
      "pyproject.toml": pyproject("2024.07.04.post1"),
      "src/demo/__init__.py": '__version__ = "2024.06.01"\n',
    }
    expect(sync({ files })).toEqual(["src/demo/__init__.py:1 2024.06.01 2024.07.04.post1"])
  })

  test("nothing is edited when all agree", () => {
    expect(
      sync({ files: { "pyproject.toml": pyproject("1.0"), "src/demo/__init__.py": '__version__ = "1.0.0"\n' } }),
    ).toEqual([])
  })

  test("where the tag decides, files follow it", () => {
    const given: Given = {
      subject: { fromTag: true },
      files: { "CITATION.cff": "version: 1.0.0\n" },
      tags: { c1: ["v1.1.0"] },
    }
    expect(sync(given)).toEqual(["CITATION.cff:1 1.0.0 1.1.0"])
  })

  test.each<[string, Given, string]>([
    ["a tag that is ahead", { files: REPEATED, tags: { c1: ["v3.4.0"] } }, "TAG_AHEAD"],
    ["two releases on one commit", { files: REPEATED, tags: { c1: ["v3.3.0", "v3.2.0"] } }, "RIVAL_TAGS"],
    ["a VERSION with stray newlines", { files: { ...REPEATED, VERSION: "3.3.0\n\n" } }, "MALFORMED_VERSION"],
    ["a VERSION with a byte order mark", { files: { ...REPEATED, VERSION: "\ufeff3.3.0\n" } }, "MALFORMED_VERSION"],
    ["a broken lock", { files: { ...REPEATED, "uv.lock": "[[" } }, "VERSION_UNSEEN"],
    ["no source", { files: { "CITATION.cff": "version: 1.0.0\n" } }, "VERSION_UNSEEN"],
    [
      "a place that can't say the version",
      { files: { "pyproject.toml": pyproject("1.0.post1"), "CITATION.cff": "version: 1.0.0\n" } },
      "PLACE_CANT_SAY",
    ],
    [
      "a tuple that has no room",
      { files: { "pyproject.toml": pyproject("1.0rc1"), "src/demo/__init__.py": "version_info = (1, 0, 0)\n" } },
      "PLACE_CANT_SAY",
    ],
  ])("%s is told, and nothing edited", (_name, given, code) => {
    expect(() => sync(given)).toThrow(expect.objectContaining({ code, next: expect.stringMatching(/./) }))
  })
})

describe("bump", () => {
  test("writes the next version into every place, the source included", () => {
    const files = { ...REPEATED, "CHANGELOG.md": "## 3.2.0\n", "PKG-INFO": "Version: 3.3.0\n" }
    expect(bump({ files, tags: { c1: ["v3.2.0"] } }, "minor")).toEqual([
      "pyproject.toml:3 3.3.0 3.4.0",
      "src/demo/__init__.py:1 3.1 3.4.0",
      "PKG-INFO:1 3.3.0 3.4.0",
      "src/demo/__init__.py:2 3, 1, 0 3, 4, 0",
      "docs/conf.py:1 3.1 3.4",
      "docs/conf.py:2 3.1.0 3.4.0",
      "CITATION.cff:1 3.3.0 3.4.0",
    ])
  })

  test("goes up from the tag where that is ahead", () => {
    expect(bump({ files: { "pyproject.toml": pyproject("1.0.0") }, tags: { c1: ["v1.4.0"] } }, "patch")).toEqual([
      "pyproject.toml:3 1.0.0 1.4.1",
    ])
  })

  test("may catch up with a tag that is ahead", () => {
    expect(bump({ files: { "pyproject.toml": pyproject("1.0.0") }, tags: { c1: ["v1.4.0"] } }, "1.4.0")).toEqual([
      "pyproject.toml:3 1.0.0 1.4.0",
    ])
  })

  test("leaves a post-release by an exact version", () => {
    expect(bump({ files: { "pyproject.toml": pyproject("1.0.post1") } }, "1.0.1")).toEqual([
      "pyproject.toml:3 1.0.post1 1.0.1",
    ])
  })

  const files = { "pyproject.toml": pyproject("1.2.0") }
  test.each<[string, Given, string, string]>([
    ["a version before the source", { files }, "1.1.9", "VERSION_BACKWARDS"],
    ["a version before the newest tag", { files, tags: { c1: ["v1.4.0"] } }, "1.3.0", "VERSION_BACKWARDS"],
    ["a candidate of what is released", { files }, "1.2.0-rc.1", "VERSION_BACKWARDS"],
    [
      "a version before a post-release",
      { files: { "pyproject.toml": pyproject("1.0.post1") } },
      "1.0.0",
      "VERSION_BACKWARDS",
    ],
    ["a step from what has none", { files: { "pyproject.toml": pyproject("1.0.post1") } }, "minor", "VERSION_OUTSIDE"],
    [
      "a project whose version is the tag",
      { subject: { fromTag: true }, tags: { c1: ["v1.0.0"] } },
      "minor",
      "VERSION_IS_THE_TAG",
    ],
    [
      "tags that can't be seen",
      { files, tags: { kind: "hidden", reason: "shallow", next: "fetch" } },
      "minor",
      "VERSION_UNSEEN",
    ],
  ])("%s is refused", (_name, given, step, code) => {
    expect(() => bump(given, step)).toThrow(expect.objectContaining({ code }))
  })

  test("a project whose version is the tag is told which tag to make", () => {
    const given: Given = { subject: { fromTag: true }, tags: { c1: ["v1.0.0"] } }
    expect(() => bump(given, "minor")).toThrow(expect.objectContaining({ next: "git tag -a v1.1.0 -m v1.1.0" }))
  })
})
