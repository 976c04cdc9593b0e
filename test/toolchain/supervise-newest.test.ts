import { execa } from "execa"
import { describe, expect, test } from "vitest"
import { Bench, PYTHON, SUPERVISE } from "./supervised-process.js"

/** What the supervisor itself prints while a Python program runs for longer than a look at its output takes. */
async function printed(program: string, environment: Readonly<Record<string, string>> = {}): Promise<string> {
  using bench = new Bench()
  const secrets = Object.keys(environment)
  const spec = JSON.stringify({ out: bench.out, timeout: 8, grace: 1, reports: [], keeps: [], hide: [], secrets })
  const command = [PYTHON, "-c", `import os, sys, time\n${program}\nsys.stdout.flush()\ntime.sleep(1.5)`]
  const python = ["-I", "-S", "-X", "utf8", SUPERVISE, "quillon:test@3.11:pytest", spec, "--", ...command]
  return (await execa(PYTHON, python, { env: environment })).stdout
}

describe.concurrent("while a command runs, the supervisor prints", () => {
  test.each([
    ["the newest line that says something", "print('first'); print('second'); print()", "second"],
    ["a line that has not ended, as pytest's dots", "print('a.py'); print('b.py ....', end='')", "b.py ...."],
    ["no terminal escape", "print('\\x1b[31mred\\x1b[0m')", "red"],
    ["no more of a line than can be shown", "print('x' * 3000)", "x".repeat(200)],
    ["nothing of a line whose beginning is out of sight", "print('x' * 9000)", ""],
  ])("%s", async (_, program, line) => {
    expect(await printed(program)).toBe(line)
  })

  test("no secret, and no line with half of one", async () => {
    const program = "print('it is', os.environ['TOKEN']); print(os.environ['TOKEN'][:6], end='')"
    expect(await printed(program, { TOKEN: "hunter2-Zk9" })).toBe("it is ***")
  })

  test("nothing where a secret has several lines", async () => {
    expect(await printed("print('ready')", { TOKEN: "first-line\nsecond-line" })).toBe("")
  })
})
