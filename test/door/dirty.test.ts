import type { Directory } from "@dagger.io/dagger"
import { expect, test } from "vitest"
import { readDirty } from "../../src/door/dirty.js"

interface Work {
  readonly added?: readonly string[]
  readonly modified?: readonly string[]
  readonly removed?: readonly string[]
  readonly attributes?: string
}

/** A work tree of which the engine's git tells these changes. */
function treeWith({ added = [], modified = [], removed = [], attributes }: Work): Directory {
  const changes = {
    addedPaths: async () => added,
    modifiedPaths: async () => modified,
    removedPaths: async () => removed,
  }
  return {
    asGit: () => ({ uncommitted: () => changes }),
    exists: async () => attributes !== undefined,
    file: () => ({ contents: async () => attributes }),
  } as unknown as Directory
}

test.each<[string, Work, boolean | null]>([
  ["nothing changed", {}, false],
  ["a new file", { added: ["a.py"] }, true],
  ["a changed file", { modified: ["a.py"] }, true],
  ["a folder of which everything is ignored", { added: [".quillon/"] }, false],
  ["a file that is gone", { removed: ["a.py"] }, true],
  ["a file that is tracked and ignored", { removed: ["ignored.log"] }, false],
  ["a folder of such files", { removed: ["logs/", "ignored.log"] }, false],
  ["filters that store other bytes", { modified: ["a.bin"], attributes: "*.bin filter=lfs diff=lfs\n" }, null],
  ["attributes without filters", { attributes: "* text=auto\n" }, false],
])("with %s", async (_, work, expected) => {
  expect(await readDirty({ tree: treeWith(work), hides: async (path) => path === "ignored.log" })).toBe(expected)
})

test("what the engine can't read is unknown, and not clean", async () => {
  const tree = {
    asGit: () => {
      throw new Error("no git")
    },
  } as unknown as Directory
  expect(await readDirty({ tree, hides: async () => false })).toBeNull()
})
