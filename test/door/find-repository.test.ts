import type { Workspace } from "@dagger.io/dagger"
import { expect, test } from "vitest"
import { findRepository } from "../../src/door/find-repository.js"

/** A workspace whose caller stands in `start`; `found` is what lies at or above it. */
function workspaceAt(start: string, found: string) {
  const asked: string[] = []
  const workspace = {
    findUp: async () => found,
    path: async () => start,
    directory: (path: string) => {
      asked.push(path)
      return {}
    },
  } as unknown as Workspace
  return { workspace, asked }
}

test.each([
  [".", ".", "/.git/HEAD", "/.git", "."],
  ["packages/app", ".", "/.git/HEAD", "/.git", "packages/app"],
  ["packages", "app", "/.git/HEAD", "/.git", "packages/app"],
  ["packages/app", "../lib", "/.git/HEAD", "/.git", "packages/lib"],
  ["vendor/lib", ".", "/vendor/lib/.git/HEAD", "/vendor/lib/.git", "."],
])("from %s, the project in %s, with %s", async (start, path, found, folder, inside) => {
  const { workspace, asked } = workspaceAt(start, found)
  expect((await findRepository(workspace, path))?.inside).toBe(inside)
  expect(asked).toEqual([folder])
})

test("outside a repository there is none", async () => {
  expect(await findRepository(workspaceAt(".", "").workspace, ".")).toBeNull()
})
