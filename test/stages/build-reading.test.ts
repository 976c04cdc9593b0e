import { describe, expect, it } from "vitest"
import type { Project } from "../../src/project/project.js"
import { settingsSchema } from "../../src/project/settings.js"
import { build } from "../../src/stages/build.js"
import { readBuild } from "../../src/stages/build-reading.js"
import { executed, projectWith, reading, transcript } from "./transcripts.js"

const read = (name: string, facts: Partial<Project> = {}) =>
  readBuild([executed({ command: "build", reports: { build: transcript(`build/${name}.json`) } })], reading(facts))

const itsdangerous: Partial<Project> = {
  name: "itsdangerous",
  version: "2.2.0",
  packages: [{ name: "itsdangerous", kind: "package", path: "src/itsdangerous" }],
}

const inRoot: Partial<Project> = { packages: [{ name: "demo", kind: "package", path: "demo" }] }

describe("readBuild", () => {
  it("finds nothing wrong with a good distribution and says what it is", () => {
    expect(read("itsdangerous", itsdangerous)).toMatchObject({
      kind: "looked",
      findings: [],
      artifacts: [
        { kind: "sdist", facts: { file: "itsdangerous-2.2.0.tar.gz", distribution: "itsdangerous", version: "2.2.0" } },
        { kind: "wheel", facts: { file: "itsdangerous-2.2.0-py3-none-any.whl", tags: "py3-none-any" } },
      ],
    })
  })

  it("names the file whose name a backend could not write, and says what to do", () => {
    // flit_core 3.12 under build.py, which adds the last line.
    const output = `Traceback (most recent call last):
UnicodeEncodeError: 'utf-8' codec can't encode character '\\udce9' in position 8: surrogates not allowed
error: Failed to build \`/tmp/quillon-build/demo-1.0\`
the name of src/demo/caf\\xe9.txt is not UTF-8
`
    const built = JSON.parse(transcript("build/raises.json")) as { sdist: { output: string } }
    const report = JSON.stringify({ ...built, sdist: { ...built.sdist, output } })
    const result = readBuild([executed({ command: "build", reports: { build: report } })], reading())
    expect(result.kind === "looked" && result.findings).toMatchObject([
      {
        message: "the sdist could not be built: the name of src/demo/caf\\xe9.txt is not UTF-8",
        help: expect.stringContaining("rename the file"),
      },
    ])
  })

  it.each([
    ["raises", /sdist could not be built: RuntimeError: this setup refuses/],
    ["broken", /no-such-backend-zq-1 was not found/],
    ["noscm", /sdist could not be built: LookupError: .*version/],
  ])("fails where the backend refuses, in its own words: %s", (name, message) => {
    const result = read(name)
    if (result.kind !== "looked") throw new Error(result.reason)
    expect(result.findings).toMatchObject([{ rule: "sdist-failed", message: expect.stringMatching(message) }])
    expect(build.gate?.judge(result, reading().settings).passed).toBe(false)
  })

  it("says what to do where the version would have come from git", () => {
    const result = read("noscm")
    expect(result.kind === "looked" && result.findings[0]?.help).toMatch(/git fetch --tags/)
  })

  it("could not look where the backend could not be fetched", () => {
    expect(read("refused")).toMatchObject({ kind: "errored", reason: expect.stringMatching(/could not be fetched/) })
  })

  it.each([
    ["no-rust", /^the build needs Rust, which the image has not/, /build\.apt = \["cargo"\]/],
    ["old-cargo", /^the image's cargo is too old for a Cargo\.lock of version 4/, /version = 3/],
    ["no-crates", /^the crates .* could not be fetched: https:\/\/index\.crates\.io/, /\.cargo\/config\.toml/],
  ])(
    "could not look where the image or the network lacks what Rust needs, and names the setting: %s",
    (name, why, next) => {
      expect(read(name)).toMatchObject({
        kind: "errored",
        reason: expect.stringMatching(why),
        next: expect.stringMatching(next),
      })
    },
  )

  it("fails where a header is not there, with the compiler's words and the setting that adds it", () => {
    const result = read("no-header")
    if (result.kind !== "looked") throw new Error(result.reason)
    expect(result.findings).toMatchObject([
      {
        message: "the wheel could not be built: cfail.c:2:10: fatal error: ffi.h: No such file or directory",
        help: "name the system package that has ffi.h in the setting build.apt",
      },
    ])
  })

  it("names packages and secrets that do not belong into a wheel", () => {
    const result = read("stray", inRoot)
    if (result.kind !== "looked") throw new Error(result.reason)
    expect(result.findings.find(({ rule }) => rule === "stray-package")?.message).toContain('"tests"')
    const secrets = result.findings.filter(({ rule }) => rule === "secret")
    expect(secrets.map(({ message, severity }) => `${severity}: ${message}`).sort()).toEqual([
      "error: demo-1.0-py3-none-any.whl holds demo/.env",
      "error: demo-1.0-py3-none-any.whl holds tests/key.pem",
      "error: demo-1.0.tar.gz holds demo-1.0/demo/.env",
      "note: demo-1.0.tar.gz holds demo-1.0/tests/key.pem",
    ])
  })

  it("names a description that the index could not render", () => {
    const result = read("rst", inRoot)
    expect(result.kind === "looked" && result.findings).toMatchObject([
      { rule: "description", severity: "warning", message: expect.stringContaining('type "nonsense"') },
    ])
  })

  it.each([
    [{}, "note"],
    [{ policy: "strict" }, "warning"],
  ])("tells what only a strict check minds, as a defect where the policy is strict: %o", (policy, severity) => {
    const settings = settingsSchema.parse(policy)
    const execution = executed({ command: "build", reports: { build: transcript("build/late.json") } })
    const result = readBuild([execution], { ...reading({ packages: [] }), settings })
    expect(result.kind === "looked" && result.findings).toMatchObject([
      {
        rule: "description-unsaid",
        severity,
        message: "`long_description_content_type` missing. defaulting to `text/x-rst`.",
      },
      { rule: "description-unsaid", severity, message: "`long_description` missing." },
    ])
  })

  it("says with what the backend ran, and what it asked for late", () => {
    const result = read("late", { packages: [] })
    expect(result.kind === "looked" && result.measures).toMatchObject({
      requires: { setuptools: "60.0.0", colorama: "0.4.6", wheel: expect.stringMatching(/^\d/) },
      requiredLate: ["colorama==0.4.6", "wheel"],
    })
  })

  it("names a wheel for some Linux or other, which no index takes", () => {
    const built = JSON.parse(transcript("build/itsdangerous.json")) as { wheel: object }
    const repair = { exit: 1, output: "ValueError: cannot repair" }
    const wheel = { ...built.wheel, tags: ["cp311-cp311-linux_x86_64"], repair }
    const execution = executed({ command: "build", reports: { build: JSON.stringify({ ...built, wheel }) } })
    const result = readBuild([execution], reading(itsdangerous))
    expect(result.kind === "looked" && result.findings).toMatchObject([
      { rule: "platform-tag", message: expect.stringContaining("linux_x86_64"), detail: repair.output },
    ])
  })

  it("holds wheels from elsewhere to the version of the sdist, and looks for secrets in them", () => {
    const built = JSON.parse(transcript("build/itsdangerous.json")) as object
    const old = { file: "old.whl", bytes: 1, members: [], secrets: ["a/.env"], tags: [] }
    const elsewhere = [{ ...old, metadata: { name: "itsdangerous", version: "2.1.0", requires: null } }]
    const execution = executed({ command: "build", reports: { build: JSON.stringify({ ...built, elsewhere }) } })
    const result = readBuild([execution], reading(itsdangerous))
    expect(result.kind === "looked" && result.findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      "secret: old.whl holds a/.env",
      "version-mismatch: old.whl says version 2.1.0, the sdist 2.2.0",
    ])
  })

  it("names a package that the wheel lacks", () => {
    const packages = [{ name: "elsewhere", kind: "package", path: "src/elsewhere" }] as const
    const result = read("itsdangerous", { ...itsdangerous, packages })
    expect(result.kind === "looked" && result.findings).toMatchObject([{ rule: "missing-package" }])
  })

  it("names a wheel that is purer than the project", () => {
    const facts = projectWith().build
    const result = read("itsdangerous", { ...itsdangerous, ...(facts && { build: { ...facts, pure: false } }) })
    expect(result.kind === "looked" && result.findings).toMatchObject([{ rule: "purer-than-project" }])
  })

  it("names a version that the wheel does not have", () => {
    const result = read("itsdangerous", { ...itsdangerous, version: "2.3.0" })
    expect(result.kind === "looked" && result.findings).toMatchObject([{ rule: "version-mismatch" }])
    expect(read("itsdangerous", { ...itsdangerous, version: "v2.2" })).toMatchObject({ findings: [] })
  })
})
