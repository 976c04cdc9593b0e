import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { expect, test } from "vitest"

const PROGRAMS = join(import.meta.dirname, "../../src/stages/python")

const PROGRAM = `
import json, sys, types
sys.path.insert(0, sys.argv[1])
sys.modules["coverage"] = types.ModuleType("coverage")
import run_covered
class Config:
    def get_option(self, name):
        return json.loads(sys.argv[2]).get(name.split(":")[1])
packages = [{"name": "google.demo", "kind": "package", "path": "src/google/demo"}]
own = run_covered.own_sources(Config())
print(json.dumps([own, run_covered.inclusion(Config(), packages), run_covered.sources(Config(), packages)]))
`

/** The project's own sources, what is included, and the sources that coverage is told. */
const told = (config: object) =>
  JSON.parse(execFileSync("python3", ["-B", "-c", PROGRAM, PROGRAMS, JSON.stringify(config)], { encoding: "utf8" }))

test("a project's `include` stays, with the installed place of the packages that it means", () => {
  const [own, included] = told({ include: ["src/google/demo/*", "tests/*"] })
  expect(own).toEqual([])
  expect(included).toEqual(["src/google/demo/*", "tests/*", "*/site-packages/google/demo/*"])
})

test("an `include` that means no package gets no installed place", () => {
  expect(told({ include: ["tests/*"] })[1]).toEqual(["tests/*"])
})

test("a source that holds the packages has become their names", () => {
  const [own, included, sources] = told({ source: ["src", "tests"] })
  expect([own, included, sources]).toEqual([["src", "tests"], [], ["google.demo", "tests"]])
})
