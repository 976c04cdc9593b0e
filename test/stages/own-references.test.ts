import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"

const PROGRAMS = join(import.meta.dirname, "../../src/stages/python")

const PROGRAM = `
import json, sys
sys.path.insert(0, sys.argv[1])
from own_references import OWN, locked_direct, read, without_itself
own = {line: bool(OWN.match(line + "\\n")) for line in json.loads(sys.argv[2])}
purpose = {"name": "test", "files": ["requirements/dev.txt"], "extras": None}
found = without_itself(purpose, "out")
plain = without_itself({**purpose, "files": ["requirements/base.txt"]}, "unused")
texts = {path: read("out/" + path) for path in ("requirements/dev.txt", "requirements/base.txt", "tests.txt")}
locked = {"package": [
    {"name": "demo-tool", "dependencies": [{"name": "click"}, {"name": "Rich"}],
     "optional-dependencies": {"yaml": [{"name": "pyyaml"}], "docs": [{"name": "sphinx"}]}},
    {"name": "click", "dependencies": [{"name": "colorama"}]},
]}
direct = sorted(locked_direct(locked, "Demo_Tool", ["yaml"]))
print(json.dumps({"direct": direct, "own": own, "found": found, "plain": plain["files"], "texts": texts}))
`

const OWN = [
  ...["-e .", ".", "-e ./", "-e .[test, cli]  # us", "--editable=.", "demo @ file:.", "rpds-py @ file:.#egg=rpds-py"],
  ...[`-e file:///\${PROJECT_ROOT}`, `demo @ file:///\${PROJECT_ROOT}`, "-e .[test] ; python_version >= '3.9'"],
]
const FOREIGN = [
  "pytest",
  "-e ../other",
  "./wheels/a.whl",
  "-r dev.txt",
  "demo @ file:./vendored",
  "zope.interface",
  "",
]

interface Told {
  readonly direct: readonly string[]
  readonly own: Readonly<Record<string, boolean>>
  readonly found: { readonly files: readonly string[]; readonly extras: readonly string[] | null }
  readonly plain: readonly string[]
  readonly texts: Readonly<Record<string, string>>
}

function tell(): Told {
  const cwd = mkdtempSync(join(tmpdir(), "quillon-own-"))
  try {
    mkdirSync(join(cwd, "requirements"))
    const files = {
      "requirements/dev.txt": "-r base.txt\n-r ../tests.txt\n-e .[cli]\nruff\n",
      "requirements/base.txt": "click\n",
      "tests.txt": "pytest\n.[test]\n",
    }
    for (const [path, text] of Object.entries(files)) writeFileSync(join(cwd, path), text)
    const options = { cwd, encoding: "utf8" } as const
    const args = ["-B", "-c", PROGRAM, PROGRAMS, JSON.stringify([...OWN, ...FOREIGN])]
    return JSON.parse(execFileSync("python3", args, options)) as Told
  } finally {
    rmSync(cwd, { recursive: true })
  }
}

describe("the project in its own files", () => {
  const { direct, own, found, plain, texts } = tell()

  it.each(OWN)("is known as %s", (line) => {
    expect(own[line]).toBe(true)
  })

  it.each(FOREIGN)("is not %j", (line) => {
    expect(own[line]).toBe(false)
  })

  it("is left out of each file, whose includes still lie where they did", () => {
    expect(found.files).toEqual(["out/requirements/dev.txt"])
    expect(texts).toEqual({
      "requirements/dev.txt": "-r base.txt\n-r ../tests.txt\nruff\n",
      "requirements/base.txt": "click\n",
      "tests.txt": "pytest\n",
    })
  })

  it("asks for the extras that it was named with", () => {
    expect(found.extras).toEqual(["cli", "test"])
  })

  it("asks, by uv.lock, for what its own entry there names, with the extras that are taken", () => {
    expect(direct).toEqual(["click", "pyyaml", "rich"])
  })

  it("changes no file that does not name it", () => {
    expect(plain).toEqual(["requirements/base.txt"])
  })
})
