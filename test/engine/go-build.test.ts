import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { buildArguments, countPackage, describeBuild } from "../../engine/go-build.js"

const transcript = readFileSync(join(import.meta.dirname, "../transcripts/engine/go-build-v.txt"), "utf8")

describe("countPackage", () => {
  test("counts the packages of a recorded build, and neither downloads nor errors", () => {
    const lines = transcript.trim().split("\n")
    const progress = lines.reduce(countPackage, { total: 1745, compiled: 0 })
    expect(lines).toHaveLength(49)
    expect(progress).toEqual({ total: 1745, compiled: 46 })
  })

  test("never counts more than there are", () => {
    expect(countPackage({ total: 1, compiled: 1 }, "net/http")).toEqual({ total: 1, compiled: 1 })
  })
})

describe("describeBuild", () => {
  test.each([
    [0, 0, "0 of 1000 packages"],
    [20, 10_000, "20 of 1000 packages"],
    [250, 60_000, "250 of 1000 packages, about 3 minutes left"],
    [900, 180_000, "900 of 1000 packages, about a minute left"],
    [1000, 200_000, "1000 of 1000 packages"],
  ])("says after %d packages: %s", (compiled, elapsed, text) => {
    expect(describeBuild({ total: 1000, compiled }, elapsed)).toBe(text)
  })
})

test("the binaries know their version, because clients refuse an engine of another", () => {
  expect(buildArguments("out").join(" ")).toContain("-X github.com/dagger/dagger/engine.Version=v0.21.7")
})
