import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import type { Directory } from "@dagger.io/dagger"
import { afterEach, beforeEach, expect, test } from "vitest"
import { createFolderStore } from "../../cli/run-store.js"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "quillon store "))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What a command left, as an engine would export it. */
function output(files: Readonly<Record<string, string>>): Directory {
  const exported = async (path: string) => {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(path, name)), { recursive: true })
      writeFileSync(join(path, name), content)
    }
    return path
  }
  return { export: exported } as unknown as Directory
}

const read = (path: string) => readFileSync(join(folder, path), "utf8")

test("logs and artifacts go where people look for them", async () => {
  const store = createFolderStore(folder)
  await store.keep("test@3.11", [
    {
      command: "pytest",
      output: output({
        stdout: "297 passed\n",
        stderr: "",
        "result.json": "{}",
        "kept/wheel/a-1.0-py3-none-any.whl": "wheel",
        "kept/coverage-data/.coverage": "data",
      }),
    },
    { command: "warm", output: output({ stdout: "", stderr: "careful\n" }) },
  ])
  expect(await store.flush()).toEqual([])
  expect(readdirSync(join(folder, "logs/test@3.11")).sort()).toEqual(["pytest.log", "warm.log", "warm.stderr.log"])
  expect(read("logs/test@3.11/pytest.log")).toBe("297 passed\n")
  expect(read("logs/test@3.11/warm.stderr.log")).toBe("careful\n")
  expect(read("artifacts/test@3.11/wheel/a-1.0-py3-none-any.whl")).toBe("wheel")
  expect(read("artifacts/test@3.11/coverage-data/.coverage")).toBe("data")
  expect(readdirSync(folder).sort()).toEqual(["artifacts", "logs"])
})

test("an artifact of an earlier attempt does not stay beside the new one", async () => {
  const store = createFolderStore(folder)
  await store.keep("build", [{ command: "build", output: output({ stdout: "", "kept/wheel/old.whl": "" }) }])
  await store.keep("build", [{ command: "build", output: output({ stdout: "", "kept/wheel/new.whl": "" }) }])
  expect(readdirSync(join(folder, "artifacts/build/wheel"))).toEqual(["new.whl"])
})

test("what can't be kept is said, and does not stop the others", async () => {
  const store = createFolderStore(folder)
  const gone = { export: () => Promise.reject(new Error("engine is gone")) } as unknown as Directory
  await store.keep("lint", [{ command: "check", output: gone }])
  await store.keep("types", [{ command: "mypy", output: output({ stdout: "ok" }) }])
  expect(await store.flush()).toEqual(["lint: engine is gone"])
  expect(existsSync(join(folder, "logs/types/mypy.log"))).toBe(true)
})

test("a cell without commands leaves nothing", async () => {
  const store = createFolderStore(folder)
  await store.keep("version", [])
  await store.flush()
  expect(readdirSync(folder)).toEqual([])
})
