import { expect, test } from "vitest"
import { debugShell } from "../../src/toolchain/debug-shell.js"
import { type Call, lazyObject } from "./lazy-client.js"

function madeOf(address = "test@3.11"): readonly Call[] {
  const calls: Call[] = []
  const lazy = lazyObject(calls)
  debugShell(lazy, { container: lazy, argv: ["pytest", "-k", "a b"], address, token: "SECRET" as never })
  return calls
}

const callsOf = (method: string) => madeOf().filter(([name]) => name === method)

test("the token is a mounted secret and stands in no argument, variable or file", () => {
  expect(callsOf("withMountedSecret")).toEqual([
    ["withMountedSecret", expect.any(String), "SECRET", { owner: "0:0", mode: 0o444 }],
  ])
  const others = madeOf().filter(([name]) => name !== "withMountedSecret")
  expect(JSON.stringify(others)).not.toContain("SECRET")
})

test("rerun is a program that knows the command as it is", () => {
  const files = new Map(callsOf("withNewFile").map(([, path, text, options]) => [path, { text, options }]))
  expect(files.get("command.json")?.text).toBe('["pytest","-k","a b"]')
  expect(files.get("bin/rerun")).toEqual({
    text: expect.stringMatching(/^#!\/usr\/bin\/env -S python3 -I\n/),
    options: { permissions: 0o755 },
  })
})

test("what is served is the port that is open, by the container's own Python", () => {
  const [[, port] = []] = callsOf("withExposedPort")
  const [[, options] = []] = callsOf("asService")
  const { args } = options as { args: readonly string[] }
  expect(args[0]).toBe("python3")
  expect(args).toContain(String(port))
})
