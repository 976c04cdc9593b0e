import ignore from "ignore"
import { expect, test } from "vitest"
import { readBackend } from "../../src/project/backend.js"
import { buildFiles } from "../../src/project/build-files.js"
import { snapshotOf } from "./snapshot-of.js"

const system = (backend: string): string => `[build-system]\nrequires = []\nbuild-backend = "${backend}"\n`
const common = [
  "pyproject.toml",
  "README.md",
  "LICENSE.txt",
  "x/__init__.py",
  "x/data/a.json",
  "tests/test_a.py",
  "docs/i.md",
  "NOTES",
]
const packages = [{ name: "x", kind: "package", path: "x" }] as const

interface Row {
  readonly files: Readonly<Record<string, string>>
  readonly more?: readonly string[]
  readonly taken: readonly string[]
  readonly left: readonly string[]
}

const rows: readonly (readonly [string, Row])[] = [
  [
    "flit",
    {
      files: { "pyproject.toml": `${system("flit_core.buildapi")}[tool.flit.sdist]\ninclude = ["docs/"]` },
      taken: ["x/data/a.json", "README.md", "LICENSE.txt", "docs/i.md"],
      left: ["tests/test_a.py", "NOTES"],
    },
  ],
  [
    "poetry",
    {
      files: {
        "pyproject.toml": `${system("poetry.core.masonry.api")}[tool.poetry]\ninclude = [{ path = "tests", format = "sdist" }, "NOTES"]`,
      },
      taken: ["x/__init__.py", "tests/test_a.py", "NOTES"],
      left: ["docs/i.md"],
    },
  ],
  [
    "pdm",
    {
      files: { "pyproject.toml": system("pdm.backend") },
      taken: ["x/__init__.py", "tests/test_a.py"],
      left: ["docs/i.md"],
    },
  ],
  [
    "hatchling, which takes everything",
    {
      files: { "pyproject.toml": system("hatchling.build") },
      more: [".git/config", ".quillon/runs/1/report.json"],
      taken: ["tests/test_a.py", "docs/i.md", "NOTES"],
      left: [".git/config", ".quillon/runs/1/report.json"],
    },
  ],
  [
    "setuptools",
    {
      files: { "pyproject.toml": system("setuptools.build_meta"), "MANIFEST.in": "include NOTES\n" },
      taken: ["x/__init__.py", "NOTES", "tests/test_a.py", "MANIFEST.in"],
      left: ["docs/i.md", "tests/data.json"],
      more: ["tests/data.json"],
    },
  ],
  [
    "setuptools with graft and recursive-include",
    {
      files: {
        "pyproject.toml": system("setuptools.build_meta"),
        "MANIFEST.in": "graft docs\nrecursive-include extra *.txt\n",
      },
      more: ["extra/deep/a.txt", "extra/b.md"],
      taken: ["docs/i.md", "extra/deep/a.txt"],
      left: ["extra/b.md"],
    },
  ],
  [
    "setuptools with global-include",
    {
      files: { "pyproject.toml": system("setuptools.build_meta"), "MANIFEST.in": "global-include *.md" },
      taken: ["docs/i.md", "NOTES"],
      left: [],
    },
  ],
  [
    "a setup.py that opens a file",
    {
      files: { "setup.py": 'setup(name="x", version=open("NOTES").read(), packages=["x"])' },
      taken: ["NOTES", "setup.py"],
      left: ["docs/i.md"],
    },
  ],
  [
    "an in-tree backend",
    {
      files: { "pyproject.toml": `${system("flit_core.buildapi")}backend-path = ["_build"]` },
      more: ["_build/b.py"],
      taken: ["_build/b.py", "NOTES"],
      left: [],
    },
  ],
]

test.each(rows)("a build with %s sees what it reads", async (_, { files, more = [], taken, left }) => {
  const snapshot = await snapshotOf(files, [...common, ...more])
  const backend = readBackend(snapshot)
  if (backend === undefined) throw new Error("no backend")
  const patterns = buildFiles(snapshot, { backend, version: "static", packages, documents: [] })
  const included = ignore().add([...patterns.include])
  const excluded = ignore().add([...patterns.exclude])
  const sees = (path: string): boolean => included.ignores(path) && !excluded.ignores(path)
  expect(taken.filter((path) => !sees(path))).toEqual([])
  expect(left.filter(sees)).toEqual([])
})

test("a version from the tag makes the backend take everything that is tracked", async () => {
  const snapshot = await snapshotOf({ "pyproject.toml": system("flit_core.buildapi") }, common)
  const backend = readBackend(snapshot)
  expect(backend && buildFiles(snapshot, { backend, version: "scm", packages, documents: [] }).include).toEqual(["**"])
})
