import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { isProcessAlive } from "../../rehearsal/process-alive.js"
import { engineEnvironment } from "../engine-session.js"
import { quillon } from "./quillon.js"

let cache: string

beforeAll(() => {
  cache = mkdtempSync(join(tmpdir(), "quillon-rehearsal-cache-"))
})
afterAll(async () => {
  await rehearsal("down", "--purge")
  rmSync(cache, { recursive: true, force: true })
})

const rehearsal = (...args: readonly string[]) =>
  quillon(["rehearsal", ...args], { cwd: cache, env: { ...engineEnvironment(), XDG_CACHE_HOME: cache } })

const list = async () => JSON.parse((await rehearsal("list", "--format", "json")).stdout)
const holder = () => JSON.parse(readFileSync(join(cache, "quillon/rehearsal/control.json"), "utf8")).pid as number

describe("quillon rehearsal", () => {
  test("has nothing to list and nothing to stop before the first", async () => {
    expect(await rehearsal("list")).toMatchObject({
      exitCode: 2,
      stdout: "no rehearsal is up; start one: quillon rehearsal up",
    })
    expect(await rehearsal("down")).toMatchObject({ exitCode: 0, stdout: "no rehearsal was up" })
  })

  test("stays up when the command that started it has ended, and is started once", async () => {
    expect(await rehearsal("up")).toMatchObject({ exitCode: 0 })
    const first = holder()
    expect(await rehearsal("up")).toMatchObject({ exitCode: 0 })
    expect(holder()).toBe(first)
    const { ports, requests } = await list()
    await fetch(`http://127.0.0.1:${ports.pypi}/simple/nothing/`)
    expect((await list()).requests.pypi.reads).toBe(requests.pypi.reads + 1)
  })

  test("is up again at the same addresses after its holder was killed", async () => {
    const { id, ports } = await list()
    process.kill(holder(), "SIGKILL")
    expect(await list()).toEqual({ up: false })
    expect(await rehearsal("up")).toMatchObject({ exitCode: 0 })
    expect(await list()).toMatchObject({ id, ports })
  })

  test("goes down when it is told, and its holder with it", async () => {
    const pid = holder()
    expect(await rehearsal("down")).toMatchObject({ exitCode: 0, stdout: "the rehearsal is down" })
    await expect.poll(() => isProcessAlive(pid), { timeout: 15_000 }).toBe(false)
  })
})
