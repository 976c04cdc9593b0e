import { expect, test } from "vitest"
import { changesBetween } from "../../src/capsule/changes.js"
import { explain, renderExplanation } from "../../src/capsule/explain.js"
import type { CellInputs, Inputs } from "../../src/capsule/inputs.js"

const VIEW = { include: ["src/**", "pyproject.toml"], exclude: ["**/*.so"], levels: 0, ignored: false }

function cellInputs(differs: Partial<CellInputs> = {}): CellInputs {
  return {
    outcome: "passed",
    cached: false,
    seconds: 1,
    attempts: 1,
    after: ["resolve@3.11", "build"],
    commands: [{ name: "pytest", argv: ["pytest"], timeout: 1800, salt: {} }],
    views: [VIEW],
    gives: {},
    tools: [{ name: "pytest", version: "9.0" }],
    ...differs,
  }
}

function inputs(differs: Partial<Inputs> = {}): Inputs {
  return {
    schema: 1,
    id: "one",
    quillon: "1.0.0",
    engine: { version: "v0.21.7", host: "unix:///a.sock" },
    path: ".",
    files: { "src/a.py": "1", "README.md": "1", "src/b.so": "1", "src/gone.py": "1" },
    settings: { test: { args: [], minimum: 1 }, lint: { args: [] }, images: { registry: "a" } },
    images: [{ name: "python:3.11-slim", digest: `sha256:${"a".repeat(64)}` }],
    packages: { "resolve@3.11": { "test.txt": { idna: "3.9" }, "types.txt": { mypy: "2.0" } } },
    fresh: [],
    cells: {
      "test@3.11": cellInputs(),
      "resolve@3.11": cellInputs({ gives: { requirements: "r1" } }),
      build: cellInputs({ gives: { wheel: "w1", sdist: "s1" } }),
    },
    ...differs,
  }
}

const between = (after: Inputs, before = inputs()) =>
  changesBetween({ address: "test@3.11", before, after, takes: ["requirements", "wheel"] })

const withCell = (differs: Partial<CellInputs>) =>
  inputs({ cells: { ...inputs().cells, "test@3.11": cellInputs(differs) } })

test("where nothing changed nothing is named", () => {
  expect(between(inputs({ id: "two" }))).toEqual([])
})

const command = (differs: Partial<CellInputs["commands"][number]>) => ({
  commands: [{ name: "pytest", argv: ["pytest"], timeout: 1800, salt: {}, ...differs }],
})

test.each<[string, Inputs, unknown[]]>([
  [
    "files that the cell sees, and no other",
    inputs({ files: { "src/a.py": "2", "README.md": "2", "src/b.so": "2", "src/new.py": "1" } }),
    [
      { kind: "file", path: "src/a.py", how: "changed" },
      { kind: "file", path: "src/gone.py", how: "removed" },
      { kind: "file", path: "src/new.py", how: "added" },
    ],
  ],
  [
    "settings of the stage and those of all containers, not those of others",
    inputs({ settings: { test: { args: ["-x"], minimum: 1 }, lint: { args: ["-y"] }, images: { registry: "b" } } }),
    [
      { kind: "setting", key: "images.registry", before: "a", after: "b" },
      { kind: "setting", key: "test.args", before: [], after: ["-x"] },
    ],
  ],
  [
    "an argument of the command",
    withCell(command({ argv: ["pytest", "-x"] })),
    [{ kind: "command", command: "pytest", before: "pytest (1800 s)", after: "pytest -x (1800 s)" }],
  ],
  [
    "the deadline of the command",
    withCell(command({ timeout: 5 })),
    [{ kind: "command", command: "pytest", before: "pytest (1800 s)", after: "pytest (5 s)" }],
  ],
  [
    "a package that it installs, and none of another purpose",
    inputs({ packages: { "resolve@3.11": { "test.txt": { idna: "3.10", six: "1" }, "types.txt": { mypy: "3" } } } }),
    [
      { kind: "package", name: "idna", before: "3.9", after: "3.10" },
      { kind: "package", name: "six", after: "1" },
    ],
  ],
  [
    "an artifact that it takes, and none that it does not",
    inputs({ cells: { ...inputs().cells, build: cellInputs({ gives: { wheel: "w2", sdist: "s2" } }) } }),
    [{ kind: "artifact", artifact: "wheel", from: "build" }],
  ],
  [
    "the image",
    inputs({ images: [{ name: "python:3.11-slim", digest: "sha256:b" }] }),
    [{ kind: "image", name: "python:3.11-slim", before: `sha256:${"a".repeat(64)}`, after: "sha256:b" }],
  ],
  [
    "a tool",
    withCell({ tools: [{ name: "pytest", version: "9.1" }] }),
    [{ kind: "tool", name: "pytest", before: "9.0", after: "9.1" }],
  ],
  ["its time", withCell(command({ salt: { QUILLON_BUCKET: "2" } })), [{ kind: "time", command: "pytest" }]],
  ["that it never stays", withCell(command({ salt: { QUILLON_NONCE: "n" } })), [{ kind: "always", command: "pytest" }]],
  ["that somebody asked for the stage", inputs({ fresh: ["test"] }), [{ kind: "asked" }]],
  ["that somebody asked for the cell", inputs({ fresh: ["test@3.11"] }), [{ kind: "asked" }]],
  ["a second attempt", withCell({ attempts: 2 }), [{ kind: "retry", attempts: 2 }]],
  ["Quillon itself", inputs({ quillon: "1.1.0" }), [{ kind: "quillon", before: "1.0.0", after: "1.1.0" }]],
  [
    "the engine",
    inputs({ engine: { version: "v0.21.7", host: "tcp://b" } }),
    [{ kind: "engine", before: "v0.21.7 at unix:///a.sock", after: "v0.21.7 at tcp://b" }],
  ],
])("%s is named", (_, after, expected) => {
  expect(between(after)).toEqual(expected)
})

test("a nonce that led past a failure is no change while it is the same", () => {
  const cells = withCell(command({ salt: { QUILLON_NONCE: "n" } }))
  expect(between(cells, cells)).toEqual([])
})

test("a project below the root, and a view of a folder above it, are looked at where they lie", () => {
  const at = (digest: string) =>
    inputs({
      path: "services/api",
      files: { "services/api/src/a.py": digest, "src/a.py": digest, "services/uv.lock": digest, "uv.lock": digest },
      cells: { "test@3.11": cellInputs({ views: [VIEW, { ...VIEW, include: ["uv.lock"], levels: 1 }] }) },
    })
  const paths = between(at("2"), at("1")).map((change) => (change.kind === "file" ? change.path : change.kind))
  expect(paths).toEqual(["services/api/src/a.py", "services/uv.lock"])
})

const said = (now: Partial<CellInputs>, changes: Parameters<typeof explain>[0]["before"], files = true) =>
  renderExplanation(
    explain({ cell: "test@3.11", run: "two", now: cellInputs(now), ...(changes ? { before: changes } : {}), files }),
  )

const before = { run: "one", changes: [{ kind: "file", path: "src/a.py", how: "changed" }] } as const

test.each<[string, readonly string[], readonly unknown[]]>([
  ["what ran", said({}, before), ["test@3.11 ran in two, since one:", "  src/a.py changed"]],
  [
    "what was cached",
    said({ cached: true }, { run: "one", changes: [] }),
    ["test@3.11 was cached in two: nothing changed since one"],
  ],
  [
    "what was cached though something changed",
    said({ cached: true }, before),
    ["test@3.11 was cached in two, since one:", "  src/a.py changed", expect.stringContaining("the engine remembers")],
  ],
  ["what ran first", said({}, undefined), ["test@3.11 ran in two: no earlier run of it is recorded"]],
  [
    "what was skipped",
    said({ outcome: "skipped", reason: "cancelled" }, before),
    ["test@3.11 did not run in two: cancelled"],
  ],
  [
    "that nobody saw the cache",
    said({ cached: null }, before),
    ["test@3.11 ran or was cached in two, nobody saw which; since one:", "  src/a.py changed"],
  ],
  [
    "that nothing explains it",
    said({}, { run: "one", changes: [] }),
    [
      "test@3.11 ran in two, since one:",
      expect.stringContaining("nothing that was recorded changed since one: the engine may have forgotten"),
      expect.stringContaining("the value of a secret"),
    ],
  ],
  [
    "what it could not look at",
    said({ views: [{ ...VIEW, ignored: true }] }, before, false),
    [
      "test@3.11 ran in two, since one:",
      "  src/a.py changed",
      "  digests of the files are not known of both runs",
      "  files that git ignores are not looked at",
    ],
  ],
])("%s is said in words", (_, lines, expected) => {
  expect(lines).toEqual(expected)
})
