import { execFileSync } from "node:child_process"
import { randomInt } from "node:crypto"
import { readdirSync, readFileSync, rmSync } from "node:fs"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { readCapsule } from "../../src/capsule/read-capsule.js"
import { writeFiles } from "../write-files.js"
import { quillon } from "./quillon.js"
import { smallProject } from "./small-project.js"

let cwd: string
beforeEach(async () => {
  cwd = await smallProject()
  git("init", "-q")
  git("add", "-A")
  git("commit", "-qm", "one")
})
afterEach(() => rmSync(dirname(cwd), { recursive: true, force: true }))

function git(...args: readonly string[]): void {
  execFileSync("git", ["-C", cwd, "-c", "user.name=t", "-c", "user.email=t@t", ...args])
}

const runs = () => readdirSync(join(cwd, ".quillon/runs")).filter((name) => name !== "latest")
const unused = () => `import os\n\nN = ${randomInt(1e9)}\n`

test("a run opens as it was, by its id, though the project has gone on", async () => {
  await writeFiles(cwd, { "src/small/one.py": unused() })
  expect((await quillon(["lint"], { cwd })).exitCode).toBe(1)
  const [id = ""] = runs()
  await writeFiles(cwd, { "src/small/one.py": "ONE = 1\n" })
  const ruff = ["ruff", "check", "--no-cache", "--output-format", "concise"]
  const then = await quillon(["debug", id, "--", ...ruff], { cwd })
  expect([then.exitCode, then.stdout]).toEqual([1, expect.stringContaining("src/small/one.py:1:8: F401")])
  const now = await quillon(["debug", "lint", "--", ...ruff], { cwd })
  expect(now.exitCode, now.all).toBe(0)
})

test("a run that is killed leaves a capsule with what it had resolved, and opens", async () => {
  await writeFiles(cwd, {
    "tests/test_double.py": `import time\n\n\ndef test_hangs() -> None:\n    time.sleep(${600 + randomInt(1000)})\n`,
  })
  const running = quillon(["test", "--format", "json"], { cwd })
  const written = () => {
    const [id = ""] = runs()
    return readCapsule(readFileSync(join(cwd, ".quillon/runs", id, "capsule.json"), "utf8"), id)
  }
  // The tests hang, and the capsule comes as the cells before them end.
  const resolved = expect.objectContaining({ "test.txt": expect.stringMatching(/^pytest==/m) })
  await vi.waitFor(() => expect(written().requirements["resolve@3.13"]).toEqual(resolved), {
    timeout: 60_000,
    interval: 200,
  })
  running.kill("SIGKILL")
  await running
  expect(written()).toMatchObject({
    ended: false,
    changes: { kind: "recorded", files: [{ path: "tests/test_double.py" }] },
    requirements: { "resolve@3.13": resolved },
  })
  const opened = await quillon(
    ["debug", `.quillon/runs/${runs()[0]}`, "test", "--", "grep", "sleep", "tests/test_double.py"],
    { cwd },
  )
  expect(opened.exitCode, opened.all).toBe(0)
})
