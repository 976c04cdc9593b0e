import { randomUUID } from "node:crypto"
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { expect, test } from "vitest"
import { cellOf, lastReport, quillon } from "./quillon.js"
import { smallProject, withSettings } from "./small-project.js"

const LEAKY = `import os, sys, time


def test_leaks() -> None:
    token = os.environ["SMALL_TOKEN"]
    print("to stdout", token)
    print("to stderr", token, file=sys.stderr)
    time.sleep(2)
    assert token == "another"
`

/** Command lines of all processes of this machine, those in the engine's containers too. */
async function commandLines(): Promise<readonly string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name))
  return Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")))
}

/** Files below a folder that hold a text. */
async function filesWith(text: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const holding = await Promise.all(files.map(async (file) => (await readFile(file)).includes(text)))
  return files.filter((_, index) => holding[index])
}

test("a secret's value reaches the test that asks for it, and no screen, no report, no log and no command line", async () => {
  const token = `tok-${randomUUID()}`
  const cwd = await smallProject({
    ...withSettings('test.secrets = ["SMALL_TOKEN"]'),
    "tests/test_double.py": `# ${randomUUID()}\n${LEAKY}`,
  })
  const running = quillon(["test", "-v"], { cwd, env: { SMALL_TOKEN: token } })
  let ended = false
  running.finally(() => (ended = true))
  const seen: string[] = []
  while (!ended) {
    seen.push(...(await commandLines()).filter((line) => line.includes(token)))
    await sleep(100)
  }
  const { all } = await running
  const said = cellOf(await lastReport(cwd), "test@3.13")
    .findings.map(({ detail }) => detail)
    .join("\n")
  expect(said).toContain("to stdout ***")
  expect({ seen, onScreen: all?.includes(token), files: await filesWith(token, join(cwd, ".quillon")) }).toEqual({
    seen: [],
    onScreen: false,
    files: [],
  })
})
