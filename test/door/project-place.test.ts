import type { Workspace } from "@dagger.io/dagger"
import { expect, test } from "vitest"
import { findPlace } from "../../src/door/project-place.js"

const workspaceAt = (start: string, found: string) =>
  ({ findUp: async () => found, path: async () => start }) as unknown as Workspace

test.each([
  [".", ".", "/.git", ".", { root: "/", inside: "." }],
  ["packages/app", ".", "/.git", "packages/app", { root: "/", inside: "packages/app" }],
  ["packages", "app/../lib", "/.git", "packages/lib", { root: "/", inside: "packages/lib" }],
  ["packages", "/other", "/.git", "other", { root: "/", inside: "other" }],
  ["vendor/lib", ".", "/vendor/lib/.git", "vendor/lib", { root: "/vendor/lib", inside: "." }],
  ["sub", ".", "", "sub", null],
])("called in %s for the project in %s, with %j", async (start, path, found, place, repository) => {
  expect(await findPlace(workspaceAt(start, found), path, ".git")).toEqual({ path: place, repository })
})
