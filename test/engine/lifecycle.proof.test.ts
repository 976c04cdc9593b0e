import { execFileSync } from "node:child_process"
import { mkdirSync, readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { afterEach, beforeAll, describe, expect, test } from "vitest"
import { engineProcesses } from "../../engine/processes.js"
import { hostFiles, machineState, type Throwaway, throwawayEngine } from "./throwaway.js"

let engine: Throwaway
const nothing = { links: [], namespaces: [], rules: [], mounts: [], controlGroups: [], processes: [], run: [] }

beforeAll(() => {
  // Builds what is missing, once, in the person's own cache; everything below takes it from there.
  execFileSync(join(import.meta.dirname, "../../quillon"), ["engine", "up"], { stdio: "inherit", timeout: 900_000 })
})
afterEach(() => engine.remove())

/** Runs a command in a container of the engine and gives what it printed. */
function runInContainer(script: string): string {
  const query = `{container{from(address:"python:3.13-slim"){withExec(args:["sh","-c",${JSON.stringify(script)}]){stdout}}}}`
  const program = join(process.execPath, "..", "node")
  const cli = execFileSync(program, [join(import.meta.dirname, "../../dist/quillon.js"), "engine", "env"], {
    env: engine.env,
    encoding: "utf8",
  })
  const dagger = `${cli}\ncd /tmp && exec dagger --silent query`
  return execFileSync("sh", ["-c", dagger], { env: { ...engine.env, Q: query }, input: query, encoding: "utf8" })
}

describe("engine up", () => {
  test("gives an engine that runs containers, leaves the host's files alone, and is only its owner's", async () => {
    engine = throwawayEngine({ without: ["registry"] })
    const before = hostFiles()
    const first = await engine.quillon("up")
    expect(first.code, first.err).toBe(0)
    expect(runInContainer("python --version")).toContain("Python 3.13")
    expect(hostFiles()).toBe(before)
    expect(statSync(engine.paths.socket).mode & 0o777).toBe(0o600)
    expect(statSync(engine.paths.run).mode & 0o777).toBe(0o700)

    const second = await engine.quillon("up")
    expect(second.out).toContain("runs already")
    expect(second.seconds).toBeLessThan(10)
    const status = await engine.quillon("status", "--format", "json")
    expect(JSON.parse(status.out)).toMatchObject({ state: "running", version: "v0.21.7", registry: "running" })
    expect(status.seconds).toBeLessThan(1)
  })

  test("takes at most ten seconds after a down, and pushes no image again", async () => {
    engine = throwawayEngine()
    await engine.quillon("up")
    await engine.quillon("down")
    const again = await engine.quillon("up")
    expect(again.code, again.err).toBe(0)
    expect(again.err).not.toContain("images into the registry")
    expect(again.seconds).toBeLessThan(10)
  })

  test("waits for another up and says for whom; one engine comes of it", async () => {
    engine = throwawayEngine()
    const one = engine.start("up")
    await pause(400)
    const other = await engine.quillon("up")
    const first = await one.ended
    expect([first.code, other.code]).toEqual([0, 0])
    expect(other.err).toContain(`waiting for quillon engine up (process ${one.child.pid})`)
    expect(other.out).toContain("runs already")
    expect(engineProcesses(engine.paths.netns).filter((process) => process.first)).toHaveLength(1)
  })

  test.each([150, 400, 700, 1000, 1500, 2500])(
    "works again after it was killed %d ms after its start",
    async (milliseconds) => {
      engine = throwawayEngine()
      const killed = engine.start("up")
      await pause(milliseconds)
      killed.child.kill("SIGKILL")
      await killed.ended
      const again = await engine.quillon("up")
      expect(again.code, again.err).toBe(0)
      expect(runInContainer("echo it $((20 + 22))")).toContain("it 42")
      expect(engineProcesses(engine.paths.netns).filter((process) => process.first)).toHaveLength(1)
      await engine.quillon("down")
      expect(machineState(engine.paths)).toEqual(nothing)
    },
  )

  test("works again after it was killed in the middle of a bootstrap, whose processes end too", async () => {
    engine = throwawayEngine({ without: ["python-3.9"] })
    const killed = engine.start("up")
    await pause(8000)
    killed.child.kill("SIGKILL")
    await killed.ended
    const again = await engine.quillon("up")
    expect(again.code, again.err).toBe(0)
    expect(again.out).toContain("python:3.9-slim")
    await engine.quillon("down")
    expect(machineState(engine.paths)).toEqual(nothing)
  })

  test("starts anew after the engine itself was killed", async () => {
    await startAndKill()
    expect(JSON.parse((await engine.quillon("status", "--format", "json")).out).state).not.toBe("running")
    const again = await engine.quillon("up")
    expect(again.code, again.err).toBe(0)
    expect(runInContainer("echo back")).toContain("back")
  })

  test("does not wait for a killed engine's layers to be deleted", async () => {
    await startAndKill()
    fill(join(engine.paths.state, "dagger/worker/many"), 150_000)
    const again = await engine.quillon("up")
    expect(again.code, again.err).toBe(0)
    expect(again.err).toContain("they are moved aside and deleted")
    expect(runInContainer("echo back")).toContain("back")
    await expect.poll(() => readdirSync(engine.paths.state).sort(), { timeout: 60_000 }).toEqual(["dagger", "tmp"])
  })
})

/** An engine that had no time to close its state. */
async function startAndKill(): Promise<void> {
  engine = throwawayEngine()
  await engine.quillon("up")
  const { pid } = JSON.parse((await engine.quillon("status", "--format", "json")).out)
  process.kill(pid, "SIGKILL")
  await pause(500)
}

/** Makes a folder with so many empty files. */
function fill(folder: string, files: number): void {
  mkdirSync(folder, { recursive: true })
  const names = Array.from({ length: files }, (_, index) => `f${index}\n`).join("")
  execFileSync("xargs", ["touch"], { cwd: folder, input: names })
}

/** The first process of a pid namespace takes the others with it. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL")
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error
  }
}

describe("engine down", () => {
  test("leaves no process, mount, interface, rule or control group, also after a kill", async () => {
    engine = throwawayEngine()
    await engine.quillon("up")
    runInContainer("true")
    expect(machineState(engine.paths).rules).toHaveLength(3)
    for (const { pid } of engineProcesses(engine.paths.netns)) killIfThere(pid)
    const down = await engine.quillon("down")
    expect(down.code, down.err).toBe(0)
    expect(machineState(engine.paths)).toEqual(nothing)
  })

  test("--purge deletes the cache and says how much that freed", async () => {
    engine = throwawayEngine()
    await engine.quillon("up")
    const purged = await engine.quillon("down", "--purge")
    expect(purged.out).toMatch(/the engine is stopped; \d+\.\d GB freed/)
    expect(() => statSync(engine.paths.cache)).toThrow()
  })
})

test("an interrupt ends with 130, says so in a line, and leaves nothing running", async () => {
  engine = throwawayEngine({ without: ["python-3.9"] })
  const interrupted = engine.start("up")
  await pause(4000)
  interrupted.child.kill("SIGINT")
  const ended = await interrupted.ended
  expect(ended.code).toBe(130)
  expect(ended.err).toMatch(/interrupted; what was finished is kept\n$/)
  await pause(1000)
  expect(machineState(engine.paths)).toEqual(nothing)
})
