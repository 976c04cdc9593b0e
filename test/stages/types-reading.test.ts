import { describe, expect, it } from "vitest"
import { parseMypy, readTypes } from "../../src/stages/types-reading.js"
import { executed, reading, transcript } from "./transcripts.js"

const types = JSON.stringify({ versions: { mypy: "2.4.1", python: "3.11.7" }, checked: "packages" })

describe("parseMypy", () => {
  it("reads place, message and rule", () => {
    expect(parseMypy('src/a/timed.py:57: error: Unused "type: ignore" comment  [unused-ignore]\n')).toEqual([
      {
        tool: "mypy",
        rule: "unused-ignore",
        severity: "error",
        file: "src/a/timed.py",
        line: 57,
        message: 'Unused "type: ignore" comment',
        help: "https://mypy.readthedocs.io/en/stable/_refs.html#code-unused-ignore",
      },
    ])
  })

  it("adds the notes that explain an error to it", () => {
    const [first, ...others] = parseMypy(transcript("mypy/notes.txt"))
    expect(first).toMatchObject({ file: "six.py", line: 560, column: 5, rule: "misc" })
    expect(first?.detail?.split("\n")).toHaveLength(4)
    expect(others.map(({ line }) => line)).toEqual([984, 998])
  })

  it("keeps a note that explains no error", () => {
    expect(parseMypy('a.py:1:1: note: Revealed type is "int"')).toMatchObject([{ severity: "note", rule: "note" }])
  })
})

describe("readTypes", () => {
  it("names what stopped mypy, not the advice behind it", () => {
    // mypy 2.4.1 in a folder that holds a package twice.
    const stderr = `a/src/parcels/__init__.py: error: Duplicate module named "parcels" (also at "b/src/parcels/__init__.py")
a/src/parcels/__init__.py: note: Common resolutions include:
a/src/parcels/__init__.py: note:     c) using \`--explicit-package-bases\` or adjusting \`MYPYPATH\`
`
    expect(readTypes([executed({ command: "mypy", exit: 2, reports: { types }, stderr })], reading())).toMatchObject({
      kind: "errored",
      reason: expect.stringContaining(
        'could not check: a/src/parcels/__init__.py: error: Duplicate module named "parcels"',
      ),
    })
  })

  it("says what to set where mypy refuses a module by its name", () => {
    // mypy 2.4.1 on typing_extensions 4.13.2.
    const stdout = `src/typing_extensions.py: error: This file shadows library module "typing_extensions"
src/typing_extensions.py: note: A user-defined top-level module with name "typing_extensions" is not supported
`
    const execution = executed({ command: "mypy", exit: 2, reports: { types, stdout }, stdout })
    expect(readTypes([execution], reading())).toMatchObject({
      kind: "errored",
      next: expect.stringContaining("types.enabled = false"),
    })
  })

  it("counts the errors that mypy prints", () => {
    const stdout = transcript("mypy/click.txt")
    const read = readTypes([executed({ command: "mypy", exit: 1, reports: { types, stdout } })], reading())
    const errors = stdout.split("\n").filter((line) => line.includes(": error: ")).length
    expect(errors).toBeGreaterThan(5)
    expect(read).toMatchObject({ kind: "looked", measures: { errors, checked: "packages" } })
  })

  it("names all stubs that are missing, and the extra that installs a module, in words of the settings", () => {
    // Of mypy 2.4.1 in tqdm 4.67.1 and pydantic-settings 2.9.1.
    const stdout = `tqdm/contrib/discord.py:14:1: error: Library stubs not installed for "requests"  [import-untyped]
tqdm/contrib/discord.py:14:1: note: Hint: "python3 -m pip install types-requests"
tqdm/contrib/discord.py:14:1: note: (or run "mypy --install-types" to install all missing stub packages)
tqdm/contrib/telegram.py:14:1: error: Library stubs not installed for "requests"  [import-untyped]
tqdm/keras.py:10:1: error: Library stubs not installed for "tensorflow"  [import-untyped]
tqdm/keras.py:10:1: note: Hint: "python3 -m pip install types-tensorflow"
x/azure.py:23:9: error: Cannot find implementation or library stub for module named "azure.identity"  [import-not-found]
x/gui.py:30:1: error: Cannot find implementation or library stub for module named "matplotlib"  [import-not-found]
`
    const ctx = reading()
    const chosen = { groups: [], extras: [], requirements: [] }
    const dependencies = {
      ...ctx.project.dependencies,
      chosen: { test: chosen, types: chosen },
      offered: { vault: ["azure-identity"] },
    }
    const project = { ...ctx.project, dependencies }
    const read = readTypes([executed({ command: "mypy", exit: 1, reports: { types, stdout } })], { project })
    if (read.kind !== "looked") throw new Error("could not look")
    const advice = read.findings.flatMap(({ rule, help }) => (help?.startsWith("http") ? [] : [`${rule}: ${help}`]))
    expect([...new Set(advice)].sort()).toEqual([
      'import-not-found: add "azure.identity" in [tool.quillon.types]: extras = ["vault"]',
      'import-untyped: stubs: [tool.quillon.types] requirements = ["types-requests", "types-tensorflow"]',
    ])
    expect(read.findings.filter(({ message }) => message.includes("matplotlib"))).toMatchObject([
      { help: "https://mypy.readthedocs.io/en/stable/_refs.html#code-import-not-found" },
    ])
  })

  it("says which mypy ran", () => {
    const read = readTypes([executed({ command: "mypy", reports: { types, stdout: "" } })], reading())
    expect(read.kind === "looked" && read.tools[0]).toEqual({ name: "mypy", version: "2.4.1" })
  })

  it.each(["mypy/syntax.txt", "mypy/gone.err"])("could not look where mypy gave up: %s", (path) => {
    const end = { command: "mypy", exit: 2, stdout: transcript(path), reports: { types, stdout: transcript(path) } }
    expect(readTypes([executed(end)], reading()).kind).toBe("errored")
  })

  it.each([
    ["failed without naming an error", executed({ command: "mypy", exit: 1, reports: { types, stdout: "Traceback" } })],
    ["left no report", executed({ command: "mypy" })],
    ["was killed", executed({ command: "mypy", exit: { kind: "signalled", signal: "SIGKILL" } })],
  ])("is never green when mypy %s", (_, execution) => {
    expect(readTypes([execution], reading()).kind).toBe("errored")
  })
})
