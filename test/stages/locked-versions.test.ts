import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { expect, test } from "vitest"

const PROGRAMS = join(import.meta.dirname, "../../src/stages/python")
const LOCKS = join(import.meta.dirname, "../transcripts/locks")

const PROGRAM = `
import json, sys
sys.path.insert(0, sys.argv[1])
import resolve
def told(packages):
    constraints, preferred = resolve.locked_versions(packages)
    return {"constraints": constraints, "preferred": preferred}
older = [{"name": "Numpy", "version": version} for version in ("2.0.2", "2.10.0", "2.9.1")]
result = {"older": told([*older, {"name": "six", "version": "1.16.0"}])}
for tool in ("poetry", "pdm"):
    result[tool] = told(resolve.load_toml(f"{sys.argv[2]}/{tool}/{tool}.lock")["package"])
print(json.dumps(result))
`

const read = JSON.parse(
  execFileSync("python3", ["-B", "-c", PROGRAM, PROGRAMS, LOCKS], { encoding: "utf8" }),
) as Readonly<Record<"older" | "poetry" | "pdm", { constraints: readonly string[]; preferred: object }>>

const of = (tool: keyof typeof read, name: string) =>
  read[tool].constraints.filter((line) => /^[\w-]+/.exec(line)?.[0] === name)

test.each<[keyof typeof read, string, readonly string[]]>([
  ["poetry", "idna", ["idna==3.20"]],
  ["poetry", "click", ['click==8.1.8 ; python_version == "3.9"', 'click==8.5.1 ; python_version >= "3.10"']],
  [
    "poetry",
    "markdown-it-py",
    [
      'markdown-it-py==3.0.0 ; python_version == "3.9" and python_version >= "3"',
      'markdown-it-py==4.3.0 ; python_version >= "3.10" and python_version >= "3"',
    ],
  ],
  ["pdm", "sniffio", ["sniffio==1.3.1"]],
  [
    "pdm",
    "anyio",
    ['anyio==4.12.1 ; python_version < "3.10" and python_version >= "3.9"', 'anyio==4.16.0 ; python_version >= "3.10"'],
  ],
])("a lock of %s holds %s, each version where its markers say", (tool, name, lines) => {
  expect(of(tool, name)).toEqual(lines)
})

test("a lock that does not say which version is for whom allows none newer, and prefers the newest", () => {
  expect(read.older).toEqual({ constraints: ["numpy<=2.10.0", "six==1.16.0"], preferred: { numpy: "2.10.0" } })
})
