import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { importsOf, sourcesBelow } from "./sources.js"

const read = (path: string) => readFileSync(join(import.meta.dirname, "../..", path), "utf8")

test("package.json and its lock carry the version of VERSION", () => {
  const version = read("VERSION").trim()
  const lock = JSON.parse(read("package-lock.json"))
  expect([JSON.parse(read("package.json")).version, lock.version, lock.packages[""].version]).toEqual([
    version,
    version,
    version,
  ])
})

// `dagger develop` writes the compiler into the dependencies of every module (docs/decisions/0001-module-source.md).
const DEMANDED_BY_DAGGER = "typescript"

test("dependencies are what src/ imports and Dagger demands, and no more", () => {
  const imported = sourcesBelow("src")
    .flatMap(importsOf)
    .map(({ target }) => target)
    .filter((target) => !target.startsWith("src/") && !target.startsWith("node:"))
    .map((target) => target.split("/", target.startsWith("@") ? 2 : 1).join("/"))
  const { dependencies, peerDependencies } = JSON.parse(read("package.json"))
  expect([...new Set([...imported, DEMANDED_BY_DAGGER])].sort()).toEqual(
    Object.keys({ ...dependencies, ...peerDependencies }).sort(),
  )
})
