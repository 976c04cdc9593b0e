import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { lockAgrees } from "../../../../engine/typescript-sdk/programs/lock-agrees.js"

const ROOT = join(import.meta.dirname, "../../../..")

describe("lockAgrees", () => {
  it("holds for this repository's lock", () => {
    const [manifest, lock] = ["package.json", "package-lock.json"].map((name) =>
      JSON.parse(readFileSync(join(ROOT, name), "utf8")),
    )
    expect(lockAgrees(manifest, lock)).toBe(true)
  })

  it.each([
    ["another version", { dependencies: { zod: "4.0.0" } }],
    ["one more", { dependencies: { zod: "4.6.7", semver: "7.0.0" } }],
    ["none", {}],
    ["a new peer", { dependencies: { zod: "4.6.7" }, peerDependencies: { x: "1" } }],
  ])("does not hold for %s", (_, manifest) => {
    expect(lockAgrees(manifest, { packages: { "": { dependencies: { zod: "4.6.7" } } } })).toBe(false)
  })

  it("does not hold for a lock of npm 6, which repeats nothing", () => {
    expect(lockAgrees({}, { lockfileVersion: 1, dependencies: {} })).toBe(false)
  })

  it("does not mind the order or an empty part", () => {
    const manifest = { dependencies: { b: "1", a: "2" }, devDependencies: {} }
    expect(lockAgrees(manifest, { packages: { "": { dependencies: { a: "2", b: "1" } } } })).toBe(true)
  })
})
