import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { type EngineAccess, heldSession, openSession } from "../../cli/session.js"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "quillon session "))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A program in the place of Dagger's. */
function dagger(body: string): EngineAccess {
  const cli = join(folder, "dagger")
  writeFileSync(cli, `#!/bin/sh\n${body}\n`)
  chmodSync(cli, 0o755)
  return { cli, host: "docker", env: { ENGINE_VARIABLE: "set" } }
}

const options = () => ({ env: { PATH: process.env.PATH, OUT: join(folder, "out") }, cwd: folder })
const HELLO = `echo '{"port":4711,"session_token":"t0ken"}'`

describe("openSession", () => {
  test("reads port and token from the first line, and ends the process when it is closed", async () => {
    const session = await openSession(dagger(`${HELLO}\ncat >/dev/null\necho ended >"$OUT"`), options())
    expect(session).toMatchObject({ port: 4711, token: "t0ken" })
    expect(existsSync(join(folder, "out"))).toBe(false)
    await session.close()
    expect(readFileSync(join(folder, "out"), "utf8")).toBe("ended\n")
  })

  test("hands over the engine's variables and asks for no tracking", async () => {
    const body = `echo "$ENGINE_VARIABLE $DO_NOT_TRACK $*" >"$OUT"\n${HELLO}\ncat >/dev/null`
    await (await openSession(dagger(body), options())).close()
    expect(readFileSync(join(folder, "out"), "utf8")).toMatch(/^set 1 .*\bsession\b/)
  })

  test("a process that does not listen to its end is killed", { timeout: 15_000 }, async () => {
    const session = await openSession(dagger(`${HELLO}\nexec sleep 60`), options())
    const began = Date.now()
    await session.close()
    expect(Date.now() - began).toBeLessThan(10_000)
  })

  test("an engine that can't be reached is named, with what Dagger said last", async () => {
    const opening = openSession(dagger('echo "connecting" >&2; echo "Error: no route to host" >&2; exit 1'), options())
    await expect(opening).rejects.toMatchObject({ code: "ENGINE_UNREACHABLE", kind: "environment" })
    await expect(opening).rejects.toThrow(/docker can.t be reached.*no route to host/)
  })

  test("an engine that is too old for Dagger's program is told with the version that is needed", async () => {
    const opening = openSession(dagger('echo "Error: incompatible engine version v0.18.4" >&2; exit 1'), options())
    await expect(opening).rejects.toMatchObject({ code: "OLD_ENGINE", message: expect.stringContaining("0.18.4") })
  })

  test("a program that is not there is the same kind of trouble", async () => {
    const access = { ...dagger(""), cli: join(folder, "gone") }
    await expect(openSession(access, options())).rejects.toMatchObject({ code: "ENGINE_UNREACHABLE" })
  })

  test("an interrupt while it opens ends the process", async () => {
    const stop = new AbortController()
    const opening = openSession(dagger('cat >/dev/null; echo ended >"$OUT"'), { ...options(), signal: stop.signal })
    setTimeout(() => stop.abort(), 50)
    await expect(opening).rejects.toMatchObject({ code: "ENGINE_UNREACHABLE" })
    expect(readFileSync(join(folder, "out"), "utf8")).toBe("ended\n")
  })

  test("the session does not outlive a process that was killed", async () => {
    dagger(`${HELLO}\ncat >/dev/null\necho ended >"$OUT"`)
    // The pipe is all that holds the session: closing it is what the kernel does for a process that dies.
    const holder = execa(join(folder, "dagger"), { env: { OUT: join(folder, "out") }, stdin: "pipe", reject: false })
    holder.stdin?.end()
    await holder
    expect(readFileSync(join(folder, "out"), "utf8")).toBe("ended\n")
  })
})

describe("heldSession", () => {
  test("is the one that an outer process holds", () => {
    expect(heldSession({ DAGGER_SESSION_PORT: "1234", DAGGER_SESSION_TOKEN: "t" })).toMatchObject({
      port: 1234,
      token: "t",
    })
  })

  test.each([{}, { DAGGER_SESSION_PORT: "1234" }, { DAGGER_SESSION_TOKEN: "t" }])("%j is none", (env) => {
    expect(heldSession(env)).toBeUndefined()
  })
})
