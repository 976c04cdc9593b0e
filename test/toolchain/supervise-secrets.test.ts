import { describe, expect, test } from "vitest"
import { Bench } from "./supervised-process.js"

const secrets = ["TOKEN"]

describe.concurrent("the value of a secret", () => {
  test("reaches the command, and nothing that the command leaves", async () => {
    using bench = new Bench()
    const environment = { TOKEN: "hunter2-Zk9" }
    const program = `import json, os, sys
token = os.environ["TOKEN"]
print("it has", len(token), "letters:", token)
print(token, file=sys.stderr)
json.dump({"said": [token]}, open("r.json", "w"))`
    const execution = await bench.python(program, { secrets, environment, reports: [["json", bench.path("r.json")]] })
    expect(bench.text("stdout")).toBe("it has 11 letters: ***\n")
    expect(bench.text("stderr")).toBe("***\n")
    expect(execution.reports).toEqual({ json: '{"said": ["***"]}' })
    expect(bench.text("result.json")).not.toContain("hunter2")
  })

  test.each([
    ["with a quote, as Python shows it", `pa"ss'word`, "print(repr(os.environ['TOKEN']))"],
    ["with letters outside ASCII, as JSON writes it", "pässwörd", "print(json.dumps(os.environ['TOKEN']))"],
    ["of several lines, one of them alone", "first-line\nsecond-line", "print(os.environ['TOKEN'].split()[1])"],
  ])("%s is masked", async (_, value, program) => {
    using bench = new Bench()
    await bench.python(`import json, os\n${program}`, { secrets, environment: { TOKEN: value } })
    expect(bench.text("stdout")).toMatch(/^["']?\*\*\*["']?\n$/)
  })

  test("is masked wherever the output was cut for reading", async () => {
    using bench = new Bench()
    const program = `import os, sys
for before in (1048570, 1048576 - 22, 1048576):
    sys.stdout.write("x" * before + os.environ["TOKEN"])`
    await bench.python(program, { secrets, environment: { TOKEN: "hunter2-Zk9" } })
    const text = bench.text("stdout")
    expect(text.replaceAll("x", "")).toBe("*********")
    expect(text.length).toBe(1_048_570 + 1_048_554 + 1_048_576 + 9)
  })

  test("of three letters or fewer is left, because it stands in ordinary words", async () => {
    using bench = new Bench()
    await bench.python("print('abcdef')", { secrets, environment: { TOKEN: "abc" } })
    expect(bench.text("stdout")).toBe("abcdef\n")
  })
})
