import { describe, expect, it } from "vitest"
import { readLint } from "../../src/stages/lint-reading.js"
import { executed, reading, transcript } from "./transcripts.js"

const clean = { command: "check", reports: { ruff: "[]" } }

describe("readLint", () => {
  it("places ruff's violations in the project's files", () => {
    const check = executed({ command: "check", exit: 1, reports: { ruff: transcript("ruff/check.json") } })
    const read = readLint([check], reading())
    if (read.kind !== "looked") throw new Error(read.reason)
    const found = read.findings.map(({ rule, file, line, column }) => `${file}:${line}:${column} ${rule}`)
    expect(found).toEqual([
      "pkg/a.py:1:8 F401",
      "pkg/a.py:2:8 F401",
      "pkg/b.py:1:8 F401",
      "pkg/b.py:2:8 F401",
      "pkg/bad.py:1:7 invalid-syntax",
      "pkg/bad.py:2:1 invalid-syntax",
    ])
    expect(read.findings[0]?.message).toBe("`os` imported but unused")
    expect(read.measures).toMatchObject({ violations: 6, unformatted: null })
  })

  it("reads syntax errors of old versions, which have no rule", () => {
    const check = executed({ command: "check", exit: 1, reports: { ruff: transcript("ruff/check-0.6.9.json") } })
    const read = readLint([check], reading({ tools: { ruff: { pin: "==0.6.9" } } }))
    expect(read.kind === "looked" && read.tools).toEqual([{ name: "ruff", version: "0.6.9" }])
    expect(read.kind === "looked" && read.findings.length).toBeGreaterThan(0)
  })

  it.each([
    ["ruff/format.txt", ["README.md:4", "pkg/a.py:4", "pkg/b.py:4"]],
    ["ruff/format-0.6.9.txt", ["pkg/a.py:undefined", "pkg/b.py:undefined"]],
  ])("finds the files that %s would reformat", (path, files) => {
    const format = executed({ command: "format", exit: 1, reports: { stdout: transcript(path) } })
    const read = readLint([executed(clean), format], reading())
    if (read.kind !== "looked") throw new Error(read.reason)
    expect(read.findings.map(({ file, line }) => `${file}:${line}`)).toEqual(files)
    expect(read.measures).toMatchObject({ violations: 0, unformatted: files.length })
  })

  it("could not look where the project's configuration is broken, and names file and key", () => {
    const stderr = transcript("ruff/broken-configuration.err")
    const read = readLint([executed({ command: "check", exit: 2, stderr })], reading())
    expect(read).toMatchObject({ kind: "errored", reason: expect.stringMatching(/ruff\.toml: unknown field `bogus`/) })
  })

  it.each([
    ["no report", executed({ command: "check" })],
    ["half a report", executed({ command: "check", reports: { ruff: '[{"code":"F4' } })],
    ["a signal", executed({ command: "check", exit: { kind: "signalled", signal: "SIGSEGV" } })],
    ["a deadline", executed({ command: "check", exit: { kind: "timed-out", seconds: 3 } })],
  ])("is never green after %s", (_, check) => {
    expect(readLint([check], reading()).kind).toBe("errored")
  })

  it("does not take a formatter that broke for one that found nothing", () => {
    const format = executed({ command: "format", exit: 2, stderr: "ruff failed" })
    expect(readLint([executed(clean), format], reading()).kind).toBe("errored")
  })

  it("says the version that ran where the project's pin is a range", () => {
    const version = executed({ command: "version", stdout: "ruff 0.4.10\n" })
    const read = readLint([executed(clean), version], reading({ tools: { ruff: { pin: "<0.5" } } }))
    expect(read.kind === "looked" && read.tools).toEqual([{ name: "ruff", version: "0.4.10" }])
  })
})
