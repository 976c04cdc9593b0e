import { describe, expect, test } from "vitest"
import { neutralise, neutraliseLine } from "../../cli/neutralise.js"

const ESC = "\u001b"

describe("neutralise", () => {
  test.each([
    ["colours", `${ESC}[31mred${ESC}[0m`, "red"],
    ["clearing the screen", `a${ESC}[2J${ESC}[Hb`, "ab"],
    ["a window title", `${ESC}]0;owned\u0007x`, "x"],
    ["an 8-bit escape", "\u009b31mred", "red"],
    ["backspaces and bells", "a\b\u0007b", "ab"],
    ["a carriage return that would overwrite the line", "real\rfake", "real\nfake"],
    ["text that runs backwards", "a\u202eb", "ab"],
    ["a command of GitHub's", "::error::owned", "\\::error::owned"],
    ["an indented one", "  ::add-mask::x", "  \\::add-mask::x"],
    ["one on a later line", "a\n::stop-commands::x", "a\n\\::stop-commands::x"],
    ["one of the old kind, anywhere", "a ##[error]b", "a #\\#[error]b"],
    ["one of Azure's", "##vso[task.setvariable]x", "#\\#vso[task.setvariable]x"],
  ])("takes the power from %s", (_name, text, expected) => {
    expect(neutralise(text)).toBe(expected)
  })

  test.each(["std::vector", "a: b", "## Heading", "tab\there", "naïve 日本"])("leaves %j as it is", (text) => {
    expect(neutralise(text)).toBe(text)
  })

  test("an escape that hides a command does not help it", () => {
    expect(neutralise(`${ESC}[0m::error::owned`)).toBe("\\::error::owned")
    expect(neutralise("\u0000::error::owned")).toBe("\\::error::owned")
    expect(neutralise("#\u0000#[error]owned")).toBe("#\\#[error]owned")
  })
})

test("neutraliseLine leaves one line", () => {
  expect(neutraliseLine(" a\n  b\tc ")).toBe("a b c")
})
