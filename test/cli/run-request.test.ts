import { Command } from "commander"
import { describe, expect, test } from "vitest"
import { readRunRequest, withRunOptions, withStageOptions } from "../../cli/run-request.js"

function parse(...argv: readonly string[]) {
  const command = withStageOptions(withRunOptions(new Command("ci"))).argument("[path]")
  command.exitOverride().parse([...argv], { from: "user" })
  return readRunRequest(command.opts(), { path: command.args[0], args: [] })
}

describe("readRunRequest", () => {
  test("nothing asked for is the whole pipeline, here", () => {
    expect(parse()).toEqual({
      path: ".",
      selection: {},
      failFast: false,
      failed: false,
      args: [],
      look: { plain: false, json: false, quiet: false, verbose: false, color: "auto" },
    })
  })

  test("names are separated by commas, or the option is repeated", () => {
    const { selection } = parse(
      "--only",
      "lint,types",
      "--only",
      "test@3.11",
      "--skip",
      "build",
      "--python",
      "3.11,3.13",
    )
    expect(selection).toEqual({ only: ["lint", "types", "test@3.11"], skip: ["build"], pythons: ["3.11", "3.13"] })
  })

  test("--fresh alone is everything, with names these", () => {
    expect(parse("--fresh").fresh).toBe("all")
    expect(parse("--fresh", "lint,test@3.11").fresh).toEqual(["lint", "test@3.11"])
  })

  test("numbers are numbers", () => {
    expect(parse("-j", "3", "--timeout", "90")).toMatchObject({ jobs: 3, timeoutSeconds: 90 })
  })

  test.each([
    ["--jobs", "0"],
    ["--jobs", "many"],
    ["--timeout", "1.5"],
  ])("%s %s is refused by name", (option, value) => {
    expect(() => parse(option, value)).toThrow(`${option} ${value} is no whole number`)
  })

  test("the folder may stand behind the options", () => {
    expect(parse("--fail-fast", "-q", "my project")).toMatchObject({ path: "my project", failFast: true })
  })
})
