import { expect, test } from "vitest"
import { workflowCommand } from "../../../cli/board/workflow-command.js"

test("a command has its properties, then its message", () => {
  expect(workflowCommand("error", { file: "src/a.py", line: 3, col: 8, title: "ruff F401" }, "unused")).toBe(
    "::error file=src/a.py,line=3,col=8,title=ruff F401::unused",
  )
})

test.each([
  ["lines are escaped", "one\ntwo\r\nthree\rfour", "one%0Atwo%0Athree%0Afour"],
  ["a percent sign is itself", "100 % %0A%0D", "100 %25 %250A%250D"],
  ["a command on a line of its own is text", "x\n::set-output name=a::b", "x%0A\\::set-output name=a::b"],
  ["a command of the old kind is text", "##[error]x ##vso[task]", "#\\#[error]x #\\#vso[task]"],
  ["escapes are gone", "\u001b[31mred\u001b[0m\u0007 \u009b2J", "red"],
  ["no line separator is left", "a\u0085b\u2028c", "ab c"],
])("in a message %s", (_, message, expected) => {
  expect(workflowCommand("warning", { title: "t" }, message)).toBe(`::warning title=t::${expected}`)
})

test.each([
  ["a,line=1::x", "a%2Cline=1%3A%3Ax"],
  ["a\n::error::x", "a \\%3A%3Aerror%3A%3Ax"],
  ["100%2C", "100%252C"],
])("no property ends before its text does: %j", (file, expected) => {
  const command = workflowCommand("error", { file, title: "t" }, "m")
  expect(command.split("\n")).toHaveLength(1)
  expect(command.startsWith("::error file=a") || command.startsWith("::error file=100")).toBe(true)
  if (!file.includes("\n")) expect(command).toBe(`::error file=${expected},title=t::m`)
})
