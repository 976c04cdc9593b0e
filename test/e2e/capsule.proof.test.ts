import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { readCapsule } from "../../src/capsule/read-capsule.js"
import { type Throwaway, throwawayEngine } from "../engine/throwaway.js"
import { writeFiles } from "../write-files.js"
import { cellOf, lastReport, outcomes, quillon } from "./quillon.js"
import { smallProject } from "./small-project.js"

const PACKAGES = `import importlib.metadata as m
print(sorted((d.metadata["Name"], d.version) for d in m.distributions()))`

const FAILING = `import idna

from small import double


def describe(n: int) -> str:
    raise RuntimeError(f"idna {idna.__version__}, twice as much is {double(n)}")


def test_describe() -> None:
    assert describe(21) == "42"
`

let home: string
let engine: Throwaway | undefined
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "quillon-elsewhere-"))
})
afterEach(async () => {
  await engine?.remove()
  rmSync(home, { recursive: true, force: true })
})

/** An engine that has never run anything. */
async function freshEngine(): Promise<Readonly<Record<string, string>>> {
  await engine?.remove()
  engine = throwawayEngine()
  const up = await engine.quillon("up")
  expect(up.code, up.err).toBe(0)
  const { XDG_CACHE_HOME = "" } = engine.env
  return { XDG_CACHE_HOME, _EXPERIMENTAL_DAGGER_RUNNER_HOST: "", _EXPERIMENTAL_DAGGER_CLI_BIN: "" }
}

function git(folder: string, ...args: readonly string[]): void {
  execFileSync("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@t", ...args], { stdio: "ignore" })
}

/** Times are no part of what happened. */
function timeless(output: string): string {
  return output.replaceAll(/\b\d+\.\d+s\b/g, "…").trim()
}

test("a failure on one engine with empty state happens again on another, from its capsule alone", async () => {
  const cwd = await smallProject()
  const remote = join(home, "remote.git")
  git(home, "init", "--quiet", "--bare", remote)
  git(cwd, "init", "--quiet")
  git(cwd, "add", "-A")
  git(cwd, "commit", "-qm", "green")
  git(cwd, "remote", "add", "origin", remote)
  git(cwd, "push", "-q", "origin", "HEAD:main")
  await writeFiles(cwd, { "tests/test_double.py": FAILING })

  const there = { ...(await freshEngine()), QUILLON_TEST_REQUIREMENTS: '["idna<3.10"]' }
  const red = await quillon(["test", "--board", "plain"], { cwd, env: there })
  expect([red.exitCode, red.exitCode === 1 ? "" : red.all]).toEqual([1, ""])
  const report = await lastReport(cwd)
  const packages = await quillon(["debug", "test", "--", "python", "-c", PACKAGES], { cwd, env: there })
  const printed = readFileSync(join(cwd, ".quillon/runs/latest/logs/test@3.13/pytest.log"), "utf8")
  const written = readFileSync(join(cwd, ".quillon/runs/latest/capsule.json"), "utf8")
  expect(packages.stdout).toMatch(/'idna', '3\.[0-9]'/)

  // As if idna 3.10 had come out since: whoever resolved again would get it.
  const capsule = readCapsule(written, "capsule.json")
  const settings = { ...capsule.settings, test: { ...(capsule.settings.test as object), requirements: ["idna"] } }
  writeFileSync(join(home, "capsule.json"), JSON.stringify({ ...capsule, settings }))
  rmSync(dirname(cwd), { recursive: true, force: true })

  const here = await freshEngine()
  const open = (...command: readonly string[]) =>
    quillon(["debug", "capsule.json", "--", ...command], { cwd: home, env: here })
  const again = await open("rerun")
  expect(again.exitCode, again.all).toBe(1)
  expect(again.stderr).toContain(`of ${remote}, with 1 changed file`)
  expect(timeless(again.stdout)).toBe(timeless(printed))
  expect(again.stdout).toMatch(/RuntimeError: idna 3\.\d, twice as much is 42/)
  expect(cellOf(report, "test@3.13").findings[0]?.message).toContain("RuntimeError: idna 3.")
  expect(outcomes(report)["test@3.13"]).toBe("failed")
  expect((await open("python", "-c", PACKAGES)).stdout).toBe(packages.stdout)
})
