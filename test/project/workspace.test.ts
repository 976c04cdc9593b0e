import { expect, test } from "vitest"
import { findWorkspaceLock } from "../../src/project/workspace.js"
import { memoryFiles } from "./memory-files.js"

const root = '[tool.uv.workspace]\nmembers = ["packages/*"]\nexclude = ["packages/old"]\n'

test.each<[string, Record<string, string>, string, string | undefined]>([
  ["a member", { "../../pyproject.toml": root, "../../uv.lock": "" }, "packages/a", "../../uv.lock"],
  ["a member of a workspace without a lock", { "../../pyproject.toml": root }, "packages/a", undefined],
  ["an excluded folder", { "../../pyproject.toml": root, "../../uv.lock": "" }, "packages/old", undefined],
  ["a folder that is no member", { "../../pyproject.toml": root, "../../uv.lock": "" }, "tools/a", undefined],
  [
    "a member below another project",
    { "../pyproject.toml": "", "../../pyproject.toml": root.replace("packages/*", "**/a"), "../../uv.lock": "" },
    "packages/a",
    "../../uv.lock",
  ],
  ["a project at the root of git", { "../pyproject.toml": root, "../uv.lock": "" }, ".", undefined],
])("the lock of %s", async (_, files, path, expected) => {
  expect(await findWorkspaceLock(memoryFiles(files), path)).toBe(expected)
})
