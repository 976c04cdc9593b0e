import { expect, test } from "vitest"
import { admits, readInterpreters, supportedPythons } from "../../src/project/interpreters.js"
import type { Metadata } from "../../src/project/metadata.js"
import { snapshotOf } from "./snapshot-of.js"

const origin = { file: "pyproject.toml", line: 7 }

function metadata(specifier?: string, ...named: readonly string[]): Metadata {
  return {
    classifiers: { value: named.map((each) => `Programming Language :: Python :: ${each}`), origin },
    documents: [],
    evidence: [],
    ...(specifier === undefined ? {} : { requiresPython: { value: specifier, origin } }),
  }
}

test.each<[string, Metadata, string]>([
  ["classifiers", metadata(">=3.10", "3", "3 :: Only", "3.10", "3.12", "3.11"), "3.10 3.11 3.12"],
  ["classifiers that name an old Python", metadata(">=3.7", "3.7", "3.8", "3.9"), "3.8 3.9"],
  ["classifiers that name a Python we do not know", metadata(">=3.14", "3.14", "3.99"), "3.14 3.99"],
  ["a specifier alone", metadata(">=3.12"), "3.12 3.13 3.14 3.15"],
  ["a specifier that admits old Pythons", metadata(">=3.8,<3.12"), "3.9 3.10 3.11"],
  ["a specifier that admits old Pythons alone", metadata(">=3.7,<3.9"), "3.8"],
  ["a specifier with holes", metadata(">=3.9, !=3.10.*, !=3.12.*,<3.14"), "3.9 3.11 3.13"],
  ["a specifier with a patch release", metadata(">=3.13.2,<3.14"), "3.13"],
  ["poetry's upper bound", metadata(">=3.13,<4.0"), "3.13 3.14 3.15"],
  ["nothing", metadata(), "3.9 3.10 3.11 3.12 3.13 3.14 3.15"],
])("%s gives the interpreters", (_, given, expected) => {
  expect(supportedPythons(given).versions.join(" ")).toBe(expected)
})

test("classifiers that the specifier refuses are a contradiction, and do not count", () => {
  const { versions, evidence } = supportedPythons(metadata(">=3.11", "3.9", "3.11"))
  expect(versions).toEqual(["3.11"])
  expect(evidence).toContainEqual(
    expect.objectContaining({ fact: "contradiction", value: expect.stringContaining("3.9") }),
  )
})

test.each([
  [">=3.9.17", "3.9", true],
  [">3.9", "3.9", true],
  ["<3.9", "3.9", false],
  ["==3.11.*", "3.11", true],
  ["~=3.10", "3.12", true],
  ["", "3.9", true],
])("%s admits %s: %s", (specifier, python, expected) => {
  expect(admits(specifier, python)).toBe(expected)
})

test.each<[string, Record<string, string>, string]>([
  [".python-version", { ".python-version": "3.12.4\n" }, "3.12"],
  ["the Dockerfile", { Dockerfile: "# x\nFROM python:3.11-slim AS base\n" }, "3.11"],
  ["a Dockerfile that uses a mirror", { Dockerfile: "FROM mirror.example/library/python:3.10\n" }, "3.10"],
  ["runtime.txt", { "runtime.txt": "python-3.9.18" }, "3.9"],
])("an application runs on what %s names", async (_, files, expected) => {
  const facts = { kind: "application", wanted: undefined } as const
  expect(readInterpreters(await snapshotOf(files), metadata(), facts).versions).toEqual([expected])
})

test("the setting wins, in order", async () => {
  const facts = { kind: "package", wanted: ["3.13", "3.9"] } as const
  expect(readInterpreters(await snapshotOf({}), metadata(">=3.12"), facts).versions).toEqual(["3.9", "3.13"])
})

test("an application that nothing says it of runs on one interpreter, and a package on all", async () => {
  const on = async (kind: "application" | "package", given: Metadata) =>
    readInterpreters(await snapshotOf({}), given, { kind, wanted: undefined }).versions.length
  expect(await on("application", metadata())).toBe(1)
  expect(await on("application", metadata(">=3.12"))).toBe(4)
  expect(await on("package", metadata())).toBe(7)
})
