import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import { expect, test } from "vitest"
import { versionCommand } from "../../../cli/commands/version.js"
import { fakeIo } from "../../cli/fake-io.js"
import { makeRepository } from "../../cli/version/repository.js"
import { pythonVenv, UV } from "./python-venv.js"

const PYPROJECT = `[project]
name = "demo"
version = "1.0.0"
requires-python = ">=3.9"
dependencies = ["six"]

[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
`

test("uv takes the lock that a bump edited, as the one that it would write itself", async () => {
  const { bin } = await pythonVenv(UV)
  const { folder } = await makeRepository({ "pyproject.toml": PYPROJECT, "src/demo/__init__.py": "" }, { git: false })
  const uv = (...args: readonly string[]) => execa(join(bin, "uv"), args, { cwd: folder, reject: false })
  const lock = () => readFile(join(folder, "uv.lock"), "utf8")
  expect((await uv("lock", "--python", join(bin, "python"))).exitCode).toBe(0)

  // uv itself finds a lock that was left behind wrong.
  await writeFile(join(folder, "pyproject.toml"), PYPROJECT.replace("1.0.0", "1.1.0rc1"))
  expect((await uv("lock", "--check")).exitCode).not.toBe(0)
  await writeFile(join(folder, "pyproject.toml"), PYPROJECT)

  const io = fakeIo({ cwd: folder })
  await versionCommand(io).exitOverride().parseAsync(["bump", "1.1.0-rc.1"], { from: "user" })
  expect(io.code()).toBe(0)
  const checked = await uv("lock", "--check")
  expect(checked.exitCode, checked.stderr).toBe(0)
  const edited = await lock()
  await uv("lock")
  expect(await lock()).toBe(edited)
})
