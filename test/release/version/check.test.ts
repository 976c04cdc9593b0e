import { describe, expect, test } from "vitest"
import { checkVersions } from "../../../src/release/version/check.js"
import { nameOfSource } from "../../../src/release/version/source.js"
import type { Truth } from "../../../src/release/version/truth.js"
import { toSemVer } from "../../../src/release/version/version.js"
import { factsOf, type Given, pyproject } from "./facts-of.js"

const check = (given: Given): Truth => checkVersions(factsOf(given))

/** `file value verdict` of every place. */
function rows({ places }: Truth): readonly string[] {
  return places.map(({ place, verdict }) => {
    const expected = "expected" in verdict && verdict.expected !== undefined ? ` ${verdict.expected}` : ""
    return `${place.file}:${place.line} ${place.text} ${verdict.kind}${expected}`
  })
}

test("a source in another encoding that holds no version is none of its business", () => {
  const files = { "pyproject.toml": pyproject("1.0"), "src/demo/__init__.py": "# coding: latin-1\nNAME = 'Müller'\n" }
  expect(check({ files }).outcome).toBe("agree")
})

test("the case that Quillon was started for: tag 3.2.0, pyproject 3.3.0, __init__ 3.1", () => {
  const truth = check({
    files: { "pyproject.toml": pyproject("3.3.0"), "src/demo/__init__.py": '__version__ = "3.1"\n' },
    tags: { c1: ["v3.2.0"] },
  })
  expect(rows(truth)).toEqual(["pyproject.toml:3 3.3.0 source", "src/demo/__init__.py:1 3.1 differs 3.3.0"])
  expect(truth.tag).toMatchObject({ kind: "unreleased", tag: { name: "v3.2.0" } })
  expect(truth.outcome).toBe("disagree")
})

describe("the source is the first that there is", () => {
  const all = {
    VERSION: "1.0.0\n",
    "pyproject.toml": pyproject("2.0.0"),
    "src/demo/__init__.py": '__version__ = "3.0.0"\n',
  }
  const { VERSION: _, ...withoutVersion } = all
  const dynamic =
    '[project]\nname = "demo"\ndynamic = ["version"]\n[tool.hatch.version]\npath = "src/demo/__init__.py"\n'

  test.each<[string, Given, string, string]>([
    ["VERSION", { files: all }, "VERSION", "1.0.0"],
    [
      "the setting",
      { files: withoutVersion, settings: { source: "src/demo/__init__.py" } },
      "src/demo/__init__.py",
      "3.0.0",
    ],
    ["[project] version", { files: withoutVersion, tags: { c1: ["v0.1.0"] } }, "pyproject.toml", "2.0.0"],
    [
      "the backend's reader",
      { files: { ...withoutVersion, "pyproject.toml": dynamic } },
      "src/demo/__init__.py",
      "3.0.0",
    ],
    [
      "the tag, where the build reads it",
      { subject: { fromTag: true }, tags: { c1: ["v4.0.0"] } },
      "tag v4.0.0",
      "4.0.0",
    ],
    [
      "the tag, by the setting",
      { files: withoutVersion, settings: { source: "tag" }, tags: { c1: ["v4.0.0"] } },
      "tag v4.0.0",
      "4.0.0",
    ],
    [
      "PKG-INFO of an unpacked sdist",
      { subject: { fromTag: true }, files: { "PKG-INFO": "Name: demo\nVersion: 5.0\n" }, tags: { kind: "no-git" } },
      "PKG-INFO",
      "5.0",
    ],
  ])("%s", (_name, given, source, version) => {
    const truth = check(given)
    expect(nameOfSource(truth.source)).toBe(source)
    expect(truth.spelling?.text).toBe(version)
  })

  test("setup.py means nothing to another backend", () => {
    const files = {
      "setup.py": 'from setuptools import setup\nsetup(version="9.0")\n',
      "src/demo/__init__.py": '__version__ = "1.0"\n',
    }
    expect(nameOfSource(check({ files }).source)).toBe("setup.py")
    expect(nameOfSource(check({ files, subject: { passesOverSetup: true } }).source)).toBe("src/demo/__init__.py")
  })

  test("VERSION and another source in the settings contradict each other", () => {
    expect(() => check({ files: all, settings: { source: "pyproject.toml" } })).toThrow(
      expect.objectContaining({ code: "CONTRADICTING_SOURCES", kind: "usage" }),
    )
  })

  test("a source that states no version is refused", () => {
    expect(() => check({ files: withoutVersion, settings: { source: "README.md" } })).toThrow(
      expect.objectContaining({ code: "SOURCE_WITHOUT_VERSION", kind: "usage" }),
    )
  })
})

describe("the newest tag is at most the source", () => {
  const files = { "pyproject.toml": pyproject("3.3.0") }
  test.each<[string, Given["tags"], string, Truth["outcome"]]>([
    ["the same", { c1: ["v3.3.0"] }, "released", "agree"],
    ["the same, bare", { c1: ["3.3.0"] }, "released", "agree"],
    ["behind", { c1: ["v3.2.0"], c2: ["v3.1.0"] }, "unreleased", "agree"],
    ["behind by a pre-release", { c1: ["v3.3.0-rc.1"] }, "unreleased", "agree"],
    ["none", {}, "unreleased", "agree"],
    ["none that is a version", { c1: ["nightly", "release-1"] }, "unreleased", "agree"],
    ["ahead", { c1: ["v3.2.0"], c2: ["v3.10.0"] }, "ahead", "disagree"],
    ["ahead, in Python's spelling", { c1: ["v3.4.0rc1"] }, "ahead", "disagree"],
    ["two releases on one commit", { c1: ["v3.3.0", "v3.2.0"] }, "rivals", "disagree"],
    ["a candidate that became the release", { c1: ["v3.3.0", "v3.3.0-rc.2"] }, "released", "agree"],
    ["no repository", { kind: "no-git" }, "no-git", "agree"],
    ["a shallow clone", { kind: "hidden", reason: "shallow", next: "fetch" }, "hidden", "could-not-look"],
  ])("%s", (_name, tags, verdict, outcome) => {
    const truth = check({ files, ...(tags === undefined ? {} : { tags }) })
    expect(truth.tag.kind).toBe(verdict)
    expect(truth.outcome).toBe(outcome)
  })

  test("it is told whether HEAD is past the release", () => {
    const past = (commit: string) => check({ files, tags: { [commit]: ["v3.3.0"] } }).tag
    expect(past("f00d")).toEqual({ kind: "released", tag: expect.objectContaining({ name: "v3.3.0" }) })
    expect(past("c1")).toMatchObject({ kind: "released", past: true })
  })

  test("tags are read as the settings name them", () => {
    const tags = { c1: ["demo/3.4.0", "v9.0.0"] }
    const truth = check({ files, tags, settings: { tag: "demo/{version}" } })
    expect(truth.tag).toMatchObject({ kind: "ahead", tag: { name: "demo/3.4.0" } })
    expect(truth.otherTags).toBe(1)
  })
})

describe("a place agrees when it means the same version", () => {
  test.each([
    ["1.2.0rc1", "1.2.0-rc.1", "agrees"],
    ["1.2.0", "1.2", "agrees"],
    ["2024.7.4", "2024.07.04", "agrees"],
    ["1.2.0.dev3", "1.2.0.dev3", "agrees"],
    ["1.0.post1", "1.0.post1", "agrees"],
    ["1.0.post1", "1.0", "differs"],
    ["1.2.0", "1.2.0rc1", "differs"],
    ["1.2.0", "unknown 1", "differs"],
  ])("pyproject %s, __version__ %s: %s", (source, other, verdict) => {
    const truth = check({
      files: { "pyproject.toml": pyproject(source), "src/demo/__init__.py": `__version__ = "${other}"\n` },
    })
    expect(truth.places[1]?.verdict.kind).toBe(verdict)
  })

  test("a source outside the domain is named", () => {
    const truth = check({ files: { "pyproject.toml": pyproject("1!2.0") } })
    expect(truth.refusal?.refusal).toBe("epoch")
    expect(truth.version).toBeUndefined()
    expect(truth.outcome).toBe("agree")
  })

  test("VERSION is written as people write it, unless a backend reads it", () => {
    const dynamic =
      '[project]\nname = "demo"\ndynamic = ["version"]\n[tool.setuptools.dynamic]\nversion = {file = "VERSION"}\n'
    const dialect = (files: Record<string, string>) => check({ files }).places[0]?.place.dialect
    expect(dialect({ VERSION: "1.2.0-rc.1\n" })).toBe("semver")
    expect(dialect({ VERSION: "1.2.0rc1\n", "pyproject.toml": dynamic })).toBe("pep440")
  })

  test("a changelog has no section of a pre-release, and one of every final", () => {
    const verdict = (version: string) => {
      const files = { "pyproject.toml": pyproject(version), "CHANGELOG.md": "# Changelog\n\n## 1.2.0\n\n- it\n" }
      const truth = check({ files, tags: { c1: [`v${version.replace("rc", "-rc.")}`] } })
      return truth.places.find(({ place }) => place.role === "changelog")?.verdict.kind
    }
    expect(verdict("1.3.0rc1")).toBe("lags")
    expect(verdict("1.3.0")).toBe("differs")
  })

  test("a changelog may lag behind until the release, and never runs ahead", () => {
    const files = (head: string) => ({
      "pyproject.toml": pyproject("1.2.0"),
      "CHANGELOG.md": `# Changes\n\n## ${head}\n`,
    })
    const verdict = (head: string, tag: string) =>
      check({ files: files(head), tags: { c1: [tag] } }).places[1]?.verdict.kind
    expect(verdict("1.1.0", "v1.1.0")).toBe("lags")
    expect(verdict("1.1.0", "v1.2.0")).toBe("differs")
    expect(verdict("1.2.0", "v1.2.0")).toBe("agrees")
    expect(verdict("1.3.0", "v1.1.0")).toBe("differs")
  })

  test("a file that the build writes is no disagreement", () => {
    const text = "# file generated by setuptools-scm\n# don't change\n__version__ = version = '1.0'\n"
    const truth = check({
      subject: { fromTag: true },
      files: { "src/demo/_version.py": text },
      tags: { c1: ["v1.1.0"] },
    })
    expect(rows(truth)).toEqual(["src/demo/_version.py:3 1.0 generated"])
    expect(truth.outcome).toBe("agree")
  })

  test("where the tag decides, zeros in files are placeholders, and other numbers are drift", () => {
    const given = (version: string): Given => ({
      subject: { fromTag: true },
      files: { "src/demo/__init__.py": `__version__ = "${version}"\n` },
      tags: { c1: ["v1.1.0"] },
    })
    expect(rows(check(given("0.0.0")))).toEqual([])
    expect(rows(check(given("1.0.0")))).toEqual(["src/demo/__init__.py:1 1.0.0 differs 1.1.0"])
  })
})

describe("bad input is told in one line", () => {
  test.each([
    ["\ufeff1.2.0\n", "begins with a byte order mark"],
    ["1.2.0\n\n", "has blanks or stray newlines after the version"],
    ["\n1.2.0\n", "begins with blanks"],
    ["1.2.0\n1.3.0\n", "has 2 lines"],
    ["one point two\n", '"one point two" is neither a SemVer nor a PEP 440 version'],
  ])("VERSION %j", (text, fault) => {
    const truth = check({ files: { VERSION: text, "pyproject.toml": pyproject("1.2.0") } })
    expect(truth.places[0]?.verdict).toEqual({ kind: "malformed", fault })
    expect(truth.outcome).toBe("disagree")
  })

  test.each<[string, Given, RegExp]>([
    ["an empty VERSION", { files: { VERSION: "\n" } }, /^VERSION is empty$/],
    [
      "a merge conflict in uv.lock",
      { files: { "pyproject.toml": pyproject("1.0"), "uv.lock": "version = 1\n<<<<<<< ours\n" } },
      /^uv\.lock line 2:\d+: no valid TOML/,
    ],
    [
      "a broken poetry.lock",
      { files: { "pyproject.toml": pyproject("1.0"), "poetry.lock": "[[package]\n" } },
      /^poetry\.lock line 1/,
    ],
    [
      "a uv.lock of the future",
      { files: { "pyproject.toml": pyproject("1.0"), "uv.lock": "version = 2\n" } },
      /^uv\.lock has layout 2/,
    ],
    [
      "a file that is no text",
      { files: { "pyproject.toml": pyproject("1.0") }, unreadable: ["setup.py"] },
      /^setup\.py is not UTF-8 text$/,
    ],
    [
      "a version in a source that declares another encoding, which an edit would break",
      {
        files: {
          "pyproject.toml": pyproject("1.0"),
          "src/demo/__init__.py": '# -*- coding: latin-1 -*-\n__version__ = "1.0"\n',
        },
      },
      /^src\/demo\/__init__\.py is not UTF-8 text$/,
    ],
    [
      "a named file that is gone",
      {
        files: { "pyproject.toml": pyproject("1.0") },
        settings: { files: [{ path: "a.yml", pattern: "x:{version}" }] },
      },
      /^a\.yml is not there/,
    ],
    [
      "a pattern that finds nothing",
      {
        files: { "pyproject.toml": pyproject("1.0"), "a.yml": "y:1.0" },
        settings: { files: [{ path: "a.yml", pattern: "x:{version}" }] },
      },
      /^a\.yml has nothing that matches "x:\{version\}"$/,
    ],
  ])("%s could not be looked at", (_name, given, said) => {
    const truth = check(given)
    expect(truth.outcome).toBe("could-not-look")
    expect(truth.troubles.map(({ file, message }) => `${file} ${message}`)).toEqual([expect.stringMatching(said)])
    expect(truth.troubles[0]?.next).not.toBe("")
  })

  test.each<[string, Given, RegExp]>([
    ["no tag in a project whose version is the tag", { subject: { fromTag: true } }, /HEAD can reach no tag/],
    [
      "no git in such a project",
      { subject: { fromTag: true }, tags: { kind: "no-git" } },
      /there is no git repository/,
    ],
    [
      "tags that are no versions",
      { subject: { fromTag: true }, tags: { c1: ["nightly"] } },
      /none of 1 names a version, e\.g\. nightly/,
    ],
    [
      "a tag that is a version of Python's alone",
      { subject: { fromTag: true }, tags: { c1: ["v2.9.0.post0"] } },
      /and v2\.9\.0\.post0 is a post-release, which SemVer can't order/,
    ],
    ["a package that states no version", {}, /no file states the version/],
  ])("%s", (_name, given, reason) => {
    const truth = check(given)
    expect(truth.source).toMatchObject({ kind: "none", reason: expect.stringMatching(reason) })
    expect(truth.outcome).toBe("could-not-look")
  })

  test("what disagrees is told although something else could not be looked at", () => {
    const files = {
      "pyproject.toml": pyproject("1.0"),
      "src/demo/__init__.py": '__version__ = "2.0"\n',
      "poetry.lock": "[",
    }
    expect(check({ files }).outcome).toBe("disagree")
  })
})

test("the version in the domain is known beside its spelling", () => {
  const truth = check({ files: { "pyproject.toml": pyproject("1.2rc1") } })
  expect(truth.version === undefined ? undefined : toSemVer(truth.version)).toBe("1.2.0-rc.1")
})
