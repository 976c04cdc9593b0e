import { expect, test } from "vitest"
import type { ImportPackage } from "../../src/project/project.js"
import { readTests } from "../../src/project/tests.js"
import { snapshotOf } from "./snapshot-of.js"

const pkg: ImportPackage = { name: "x", kind: "package", path: "x" }
const none = { include: [] }

interface Row {
  readonly files?: Readonly<Record<string, string>>
  readonly empty: readonly string[]
  readonly paths: readonly string[]
  readonly inside?: true
}

const rows: readonly (readonly [string, Row])[] = [
  ["tests/", { empty: ["x/__init__.py", "tests/test_a.py"], paths: ["tests"] }],
  ["test/ and testing/", { empty: ["test/a_test.py", "testing/sub/test_b.py"], paths: ["test", "testing"] }],
  ["a folder tests/ without tests", { empty: ["tests/data.json", "x/__init__.py"], paths: [] }],
  [
    "testpaths of pyproject.toml",
    {
      files: { "pyproject.toml": '[tool.pytest.ini_options]\ntestpaths = ["./spec"]' },
      empty: ["spec/test_a.py", "tests/test_b.py"],
      paths: ["spec"],
    },
  ],
  [
    "testpaths as one text",
    {
      files: { "pyproject.toml": '[tool.pytest.ini_options]\ntestpaths = "spec more"' },
      empty: ["spec/test_a.py", "more/test_b.py"],
      paths: ["spec", "more"],
    },
  ],
  [
    "testpaths of setup.cfg",
    { files: { "setup.cfg": "[tool:pytest]\ntestpaths = spec" }, empty: ["spec/test_a.py"], paths: ["spec"] },
  ],
  [
    "testpaths of tox.ini",
    { files: { "tox.ini": "[pytest]\ntestpaths = spec" }, empty: ["spec/test_a.py"], paths: ["spec"] },
  ],
  [
    "pytest.ini before pyproject.toml",
    {
      files: {
        "pytest.ini": "[pytest]\ntestpaths = a",
        "pyproject.toml": '[tool.pytest.ini_options]\ntestpaths = ["b"]',
      },
      empty: ["a/test_a.py", "b/test_b.py"],
      paths: ["a"],
    },
  ],
  [
    "testpaths with a pattern",
    {
      files: { "pytest.ini": "[pytest]\ntestpaths = libs/*/tests" },
      empty: ["libs/a/tests/test_a.py", "libs/b/tests/test_b.py"],
      paths: ["libs/a/tests", "libs/b/tests"],
    },
  ],
  [
    "testpaths that do not exist",
    { files: { "pytest.ini": "[pytest]\ntestpaths = gone" }, empty: ["tests/test_a.py"], paths: ["tests"] },
  ],
  [
    "python_files",
    { files: { "pytest.ini": "[pytest]\npython_files = check_*.py" }, empty: ["tests/check_a.py"], paths: ["tests"] },
  ],
  [
    "inside the package",
    { empty: ["x/__init__.py", "x/tests/test_a.py", "x/sub/test_b.py"], paths: ["x", "x/tests"], inside: true },
  ],
  ["a single file", { empty: ["six.py", "test_six.py"], paths: ["test_six.py"] }],
  ["a folder of another name", { empty: ["checks/test_a.py", "docs/test_d.py"], paths: ["checks"] }],
  ["none", { empty: ["x/__init__.py"], paths: [] }],
]

test.each(rows)("tests are found: %s", async (_, { files = {}, empty, paths, inside }) => {
  const { tests } = readTests(await snapshotOf(files, empty), { packages: [pkg], inTree: false, overrides: none })
  expect([...tests.paths].sort()).toEqual([...paths].sort())
  expect(tests.present).toBe(paths.length > 0)
  expect(tests.insidePackage).toBe(inside ?? false)
})

test("beside the tests there is configuration, and neither the package nor the README", async () => {
  const empty = ["x/__init__.py", "tests/unit/test_a.py", "conftest.py", "README.md", "setup.cfg", "tests/conftest.py"]
  const snapshot = await snapshotOf({ "pyproject.toml": '[tool.pytest.ini_options]\ntestpaths = "tests/unit"' }, empty)
  const { files } = readTests(snapshot, { packages: [pkg], inTree: false, overrides: { include: ["data"] } }).tests
  expect(files.include).toEqual([
    "conftest.py",
    "data",
    "pyproject.toml",
    "setup.cfg",
    "tests/conftest.py",
    "tests/unit",
  ])
  expect(files.exclude).toContain("x")
})

test("data inside a package is shown where the setting names it, and none of its modules", async () => {
  const snapshot = await snapshotOf({}, ["tests/test_a.py", "x/__init__.py", "x/data/a.dat"])
  const overrides = { include: ["x/data/*.dat"] }
  const { files } = readTests(snapshot, { packages: [pkg], inTree: false, overrides }).tests
  expect(files.include).toContain("x/data/*.dat")
  expect(files.exclude).toContain("x/**/*.py")
  expect(files.exclude).not.toContain("x")
})

test("testpaths that are the whole project leave the package out", async () => {
  const snapshot = await snapshotOf({ "pytest.ini": "[pytest]\ntestpaths = ." }, ["x/__init__.py", "test_a.py"])
  const { files, paths } = readTests(snapshot, { packages: [pkg], inTree: false, overrides: none }).tests
  expect(paths).toEqual(["."])
  expect(files.include).toContain("**")
  expect(files.exclude).toEqual(expect.arrayContaining(["x", "README*"]))
})

test("an application's tests run in its tree", async () => {
  const snapshot = await snapshotOf({}, ["app.py", "test_app.py"])
  expect(readTests(snapshot, { packages: [], inTree: true, overrides: none }).tests.files.include).toEqual(["**"])
})

test.each([
  ["pyproject.toml", { "pyproject.toml": "[tool.coverage.run]\nbranch = true" }, true],
  ["setup.cfg", { "setup.cfg": "[coverage:run]\nbranch = true" }, true],
  ["tox.ini", { "tox.ini": "[coverage:run]\nbranch = true" }, true],
  [".coveragerc", { ".coveragerc": "" }, true],
  ["nothing", { "pyproject.toml": "" }, false],
])("coverage is configured by %s", async (_, files: Record<string, string>, expected) => {
  const { tests } = readTests(await snapshotOf(files), { packages: [], inTree: false, overrides: none })
  expect(tests.coverageConfigured).toBe(expected)
})

test.each<[string, string, boolean]>([
  ["told to, and everywhere", '[tool.pytest.ini_options]\naddopts = "-ra --doctest-modules"\n', true],
  [
    "told to, in src",
    '[tool.pytest.ini_options]\naddopts = ["--doctest-modules"]\ntestpaths = ["src", "tests"]\n',
    true,
  ],
  ["told to, in tests", '[tool.pytest.ini_options]\naddopts = "--doctest-modules"\ntestpaths = ["tests"]\n', false],
  ["not told to", '[tool.pytest.ini_options]\ntestpaths = ["src", "tests"]\n', false],
])("examples of the packages are run where pytest is %s", async (_, pyproject, doctests) => {
  const snapshot = await snapshotOf({ "pyproject.toml": pyproject }, ["src/demo/__init__.py", "tests/test_a.py"])
  const packages = [{ name: "demo", kind: "package", path: "src/demo" }] as const
  const found = readTests(snapshot, { packages, inTree: false, overrides: { include: [] } })
  expect(found.tests.doctests === true).toBe(doctests)
})
