import { execFileSync } from "node:child_process"
import { expect, test } from "vitest"
import { shellExports } from "../../engine/connection.js"

test("a shell that evaluates the exports has the engine, and its dagger first on PATH", () => {
  const lines = shellExports({ socket: "/run/quillon/x/engine.sock", binaries: "/tmp/it's a cache/bin" })
  const script = `${lines}printf '%s\\n' "$_EXPERIMENTAL_DAGGER_RUNNER_HOST" "$_EXPERIMENTAL_DAGGER_CLI_BIN" "$DO_NOT_TRACK" "$PATH"`
  const printed = execFileSync("/bin/sh", ["-c", script], { encoding: "utf8", env: { PATH: "/usr/bin" } })
  expect(printed.trim().split("\n")).toEqual([
    "unix:///run/quillon/x/engine.sock",
    "/tmp/it's a cache/bin/dagger",
    "1",
    "/tmp/it's a cache/bin:/usr/bin",
  ])
})
