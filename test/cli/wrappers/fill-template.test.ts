import { describe, expect, test } from "vitest"
import { fillTemplate } from "../../../cli/wrappers/fill-template.js"

const fill = (template: string, flags: readonly string[], values: Readonly<Record<string, string>> = {}) =>
  fillTemplate(template, { flags: new Set(flags), values })

describe("a template", () => {
  test.each<[string, readonly string[], string]>([
    ["a\n#if x\nb\n#end\nc", ["x"], "a\nb\nc"],
    ["a\n#if x\nb\n#end\nc", [], "a\nc"],
    ["#if x\n#if y\nb\n#end\nc\n#end", ["x"], "c"],
    ["#if x\n#if y\nb\n#end\nc\n#end", ["y"], ""],
  ])("%j with %j keeps the blocks whose flags are set", (template, flags, filled) => {
    expect(fill(template, flags)).toBe(filled)
  })

  test.each<[string, string]>([
    ["quillon@@version@ ci", "quillon@1.2.3 ci"],
    ["actions/checkout@08c6 # v5", "actions/checkout@08c6 # v5"],
    ["  @lines@", "  a: 1\n  b: 2"],
  ])("%j gets its values", (template, filled) => {
    expect(fill(template, [], { version: "1.2.3", lines: "a: 1\nb: 2" })).toBe(filled)
  })

  test.each(["@unknown@", "a @unknown@", "#if x\nb", "b\n#end"])("%j is a mistake", (template) => {
    expect(() => fill(template, [])).toThrow(RangeError)
  })
})
