import { type ChildProcess, spawn } from "node:child_process"
import { mkdir, mkdtemp, readdir, rename } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { execa } from "execa"
import { afterEach, beforeEach, expect, test } from "vitest"
import { type Throwaway, throwawayEngine } from "../engine/throwaway.js"
import { cellOf, lastReport, outcomes, quillon } from "./quillon.js"
import { smallProject, withSettings } from "./small-project.js"

let engine: Throwaway
const children: ChildProcess[] = []

beforeEach(async () => {
  engine = throwawayEngine()
  const up = await engine.quillon("up")
  expect(up.code, up.err).toBe(0)
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL")
  await engine.remove()
})

/** The variables with which the CLI finds the throw-away engine and no other. */
const env = () => ({
  XDG_CACHE_HOME: engine.env.XDG_CACHE_HOME ?? "",
  _EXPERIMENTAL_DAGGER_RUNNER_HOST: "",
  _EXPERIMENTAL_DAGGER_CLI_BIN: "",
})

test("an engine killed in the middle of a cell leaves that cell errored, the others as they were, and exit code 2", async () => {
  const cwd = await smallProject({
    "tests/test_double.py": "import time\n\n\ndef test_long() -> None:\n    time.sleep(30)\n",
  })
  const running = quillon(["ci", "--jobs", "1", "--only", "lint,test"], { cwd, env: env() })
  running.stdout?.setEncoding("utf8")
  await new Promise<void>((resolve, reject) => {
    let seen = ""
    running.stdout?.on("data", (text: string) => {
      seen += text
      if (/passed +build/.test(seen)) resolve()
    })
    running.finally(() => reject(new Error(`ended early: ${seen}`))).catch(() => {})
  })
  await sleep(8_000)
  const { pid } = JSON.parse((await engine.quillon("status", "--format", "json")).out) as { pid: number }
  process.kill(pid, "SIGKILL")

  const { exitCode, all } = await running
  expect(exitCode, all).toBe(2)
  const report = await lastReport(cwd)
  expect(outcomes(report)).toMatchObject({ lint: "passed", build: "passed", "test@3.13": "errored" })
  expect(cellOf(report, "test@3.13").reason).toMatch(/engine/)

  expect((await engine.quillon("up")).code).toBe(0)
  expect((await quillon(["ci", "--only", "lint,test"], { cwd, env: env() })).exitCode).toBe(0)
})

test("an index that is down makes resolve errored; once it is up the next run is green without flags, and then cached", async () => {
  const index = await folderIndex(["uv", "pytest", "coverage", "mypy"])
  const cwd = await smallProject(withSettings(`index.url = "http://10.87.0.1:8131/"`))
  const down = await quillon(["resolve"], { cwd, env: env() })
  expect(down.exitCode, down.all).toBe(2)
  expect(cellOf(await lastReport(cwd), "resolve@3.13").reason).toContain("the package index could not be reached")

  await serveInNetworkOf(engine, index)
  const up = await quillon(["resolve"], { cwd, env: env() })
  expect(up.exitCode, up.all).toBe(0)
  await quillon(["resolve"], { cwd, env: env() })
  expect(cellOf(await lastReport(cwd), "resolve@3.13")).toMatchObject({ outcome: "passed", cached: true })
})

/** A simple index (PEP 503) of wheels that pip downloaded, as plain folders. */
async function folderIndex(names: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "quillon-index-"))
  const options = ["--quiet", "--python-version", "3.13", "--only-binary", ":all:", "--dest", folder]
  await execa("python3", ["-m", "pip", "download", ...options, ...names])
  for (const file of await readdir(folder)) {
    const name = file.split("-")[0]?.toLowerCase().replaceAll(/[_.]+/g, "-") ?? ""
    await mkdir(join(folder, name), { recursive: true })
    await rename(join(folder, file), join(folder, name, file))
  }
  return folder
}

/** Serves a folder where the engine's containers find it, in the engine's own network. */
async function serveInNetworkOf({ paths }: Throwaway, folder: string): Promise<void> {
  const serve = ["python3", "-m", "http.server", "8131", "--directory", folder]
  children.push(spawn("nsenter", [`--net=${paths.netns}`, ...serve], { stdio: "ignore" }))
  await sleep(1_000)
}
