import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { PassThrough } from "node:stream"
import { afterEach, beforeEach, expect, test } from "vitest"
import { buildEngine } from "../../cli/build-engine.js"
import { findEngineAccess } from "../../cli/engine-access.js"
import { fakeIo } from "./fake-io.js"

let cache: string
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "quillon access "))
})
afterEach(() => rmSync(cache, { recursive: true, force: true }))

const wish = () => ({ mayAsk: true, needed: Promise.resolve(), signal: new AbortController().signal })

test("an engine that the environment names is taken, with the program that it names", async () => {
  const env = { _EXPERIMENTAL_DAGGER_RUNNER_HOST: "tcp://10.0.0.1:1234", _EXPERIMENTAL_DAGGER_CLI_BIN: "/opt/dagger" }
  expect(await findEngineAccess(fakeIo({ env }), wish())).toEqual({
    cli: "/opt/dagger",
    host: "tcp://10.0.0.1:1234",
    env: {},
  })
})

test("where there is none and nobody can be asked, it says what to type", async () => {
  const io = fakeIo({ env: { XDG_CACHE_HOME: cache, PATH: cache } })
  await expect(findEngineAccess(io, wish())).rejects.toMatchObject({ code: "NO_ENGINE", kind: "environment" })
})

test("none is built for a project that is refused", async () => {
  const needed = Promise.reject(new Error("not a Python project"))
  needed.catch(() => {})
  const io = fakeIo({ env: { XDG_CACHE_HOME: cache, PATH: cache } })
  // On a machine where none can be built the engine is the first thing to be missing.
  await expect(findEngineAccess(io, { ...wish(), engine: "build", needed })).rejects.toThrow(
    /not a Python project|no Dagger engine/,
  )
})

test.each(["n\n", "\n", "perhaps\n"])("a person who answers %j gets no engine", async (answer) => {
  const stdin = new PassThrough()
  const io = fakeIo({ env: { XDG_CACHE_HOME: cache }, stdin })
  const building = buildEngine(io, { consent: "ask", signal: new AbortController().signal })
  stdin.write(answer)
  await expect(building).rejects.toMatchObject({ code: "NO_ENGINE" })
  expect(io.err()).toContain("Build an engine from package registries?")
})

test("Ctrl-C at the question is a no", async () => {
  const stop = new AbortController()
  const building = buildEngine(fakeIo({ env: { XDG_CACHE_HOME: cache } }), { consent: "ask", signal: stop.signal })
  setTimeout(() => stop.abort(), 10)
  await expect(building).rejects.toMatchObject({ code: "NO_ENGINE" })
})
