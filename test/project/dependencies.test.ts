import { expect, test } from "vitest"
import { type DependencyFacts, readDependencies } from "../../src/project/dependencies.js"
import type { RequirementInput } from "../../src/project/project.js"
import { snapshotOf } from "./snapshot-of.js"

const facts: DependencyFacts = {
  name: "x",
  kind: "package",
  buildFiles: { include: ["built"], exclude: ["left"] },
  overrides: { test: {}, types: {} },
  lock: "auto",
}

const show = (inputs: readonly RequirementInput[]): string =>
  inputs
    .map((input) =>
      input.kind === "requirement" ? input.text : input.kind === "file" ? `-r ${input.path}` : `.[${input.extras}]`,
    )
    .join(" ")

const project = '[project]\nname = "x"\n'

test.each<[string, Record<string, string>, { runtime?: string; test?: string; types?: string }]>([
  [
    "[project]",
    { "pyproject.toml": `${project}dependencies = ["a>=1", "b"]` },
    { runtime: "a>=1 b", test: "pytest", types: "" },
  ],
  [
    "poetry",
    { "pyproject.toml": '[tool.poetry]\nname = "x"\n[tool.poetry.dependencies]\npython = "^3.9"\na = "^1"' },
    { runtime: "a>=1,<2" },
  ],
  ["setup.cfg", { "setup.cfg": "[metadata]\nname = x\n[options]\ninstall_requires =\n  a\n  b" }, { runtime: "a b" }],
  ["setup.py", { "setup.py": 'setup(name="x", install_requires=["a"])' }, { runtime: "a" }],
  ["setup.py that needs nothing", { "setup.py": 'setup(name="x")' }, { runtime: "" }],
  [
    "setup.py that reads a file",
    { "setup.py": 'setup(name="x", install_requires=read("r.txt"), extras_require={"test": ["t"]})' },
    { runtime: ".[]", test: ".[test] pytest" },
  ],
  ["setup.py with keywords from elsewhere", { "setup.py": 'setup(name="x", **rest)' }, { runtime: ".[]" }],
  ["dynamic dependencies", { "pyproject.toml": `${project}dynamic = ["dependencies"]` }, { runtime: ".[]" }],
  [
    "a test group and an extra",
    {
      "pyproject.toml": `${project}[project.optional-dependencies]\ntest = ["e"]\ndocs = ["d"]\n[dependency-groups]\ntests = ["g"]\ndev = ["z"]`,
    },
    { test: "e g pytest" },
  ],
  [
    "a group with pytest in it",
    { "pyproject.toml": `${project}[dependency-groups]\ntest = ["pytest~=8.0"]` },
    { test: "pytest~=8.0" },
  ],
  [
    "a group that asks for the project with an extra",
    {
      "pyproject.toml": `${project}[project.optional-dependencies]\nfast = ["f"]\n[dependency-groups]\ntest = ["x[fast]"]`,
    },
    { test: "f pytest" },
  ],
  [
    "requirements files",
    {
      "pyproject.toml": project,
      "requirements/tests.txt": "",
      "requirements/typing.txt": "",
      "requirements/docs.txt": "",
    },
    { test: "-r requirements/tests.txt pytest", types: "-r requirements/typing.txt" },
  ],
  ["tox alone", { "pyproject.toml": project, "tox.ini": "[testenv]\ndeps = mock" }, { test: "mock pytest" }],
  [
    "tox that names an extra",
    {
      "pyproject.toml": `${project}[project.optional-dependencies]\ncli = ["c"]`,
      "tox.ini": "[testenv]\nextras = cli",
    },
    { test: "c pytest" },
  ],
  [
    "development alone",
    { "pyproject.toml": `${project}[dependency-groups]\ndev = ["mypy==1.19.1", "hypothesis"]` },
    { test: "mypy==1.19.1 hypothesis pytest", types: "mypy==1.19.1 hypothesis" },
  ],
  [
    "a package whose requirements.txt is for its developers",
    { "pyproject.toml": project, "requirements.txt": "pytest==8.0\nmkdocs" },
    { test: "-r requirements.txt pytest" },
  ],
  [
    "a package whose requirements.txt is for its users",
    { "pyproject.toml": project, "requirements.txt": "flask" },
    { test: "pytest" },
  ],
  [
    "an extra of another name with pytest in it",
    {
      "pyproject.toml": `${project}[project.optional-dependencies]\nall = ["ruff", "pytest", "hypothesis"]\ndocs = ["sphinx"]`,
    },
    { test: "ruff pytest hypothesis" },
  ],
  [
    "several groups with mypy",
    { "pyproject.toml": `${project}[dependency-groups]\ndocs = ["s", "t", "mypy"]\nlint = ["mypy", "ruff"]` },
    { types: "mypy ruff" },
  ],
  [
    "a typing group",
    { "pyproject.toml": `${project}[dependency-groups]\ntyping = ["types-x"]\ntests = ["t"]` },
    { types: "types-x" },
  ],
  [
    "mypy that checks the tests",
    {
      "pyproject.toml": `${project}[dependency-groups]\ntyping = ["types-x"]\ntests = ["t"]\n[tool.mypy]\nfiles = ["src", "tests"]`,
    },
    { types: "types-x t pytest" },
  ],
  ["nothing", { "pyproject.toml": project }, { runtime: "", test: "pytest", types: "" }],
])("dependencies of %s", async (_, files, expected) => {
  const { dependencies } = readDependencies(await snapshotOf(files), facts)
  const found = { runtime: show(dependencies.runtime), test: show(dependencies.test), types: show(dependencies.types) }
  expect(found).toMatchObject(expected)
})

test("an application takes its requirements files, and one that is pinned is its lock", async () => {
  const snapshot = await snapshotOf({
    "requirements.txt": "flask==3.0.0\n",
    "requirements-dev.txt": "-r requirements.txt\npytest",
  })
  const { dependencies } = readDependencies(snapshot, { ...facts, kind: "application" })
  expect(show(dependencies.runtime)).toBe("-r requirements.txt")
  expect(show(dependencies.test)).toBe("-r requirements-dev.txt pytest")
  expect(dependencies.lock).toMatchObject({ kind: "requirements", path: "requirements.txt" })
})

test.each([
  [{ requirements: ["p>=1"] }, "t p>=1 pytest"],
  [{ extras: ["cli"] }, "c t pytest"],
  [{ groups: [], requirements: ["more.txt"] }, "-r more.txt pytest"],
])("a setting replaces what was found of its kind alone: %j", async (wanted, expected) => {
  const snapshot = await snapshotOf({
    "pyproject.toml": `${project}[project.optional-dependencies]\ncli = ["c"]\n[dependency-groups]\ntests = ["t"]`,
    "more.txt": "",
  })
  const overrides = { test: wanted, types: {} }
  expect(show(readDependencies(snapshot, { ...facts, overrides }).dependencies.test)).toBe(expected)
})

test("requirements in the settings take the place of the files that were found", async () => {
  const snapshot = await snapshotOf({ "pyproject.toml": project, "requirements-test.txt": "t\n" })
  const overrides = { test: { requirements: ["p>=1"] }, types: {} }
  expect(show(readDependencies(snapshot, { ...facts, overrides }).dependencies.test)).toBe("p>=1 pytest")
})

test("what was chosen is told in the words of the settings, with what the extras offer", async () => {
  const snapshot = await snapshotOf({
    "pyproject.toml": `${project}[project.optional-dependencies]\nyaml = ["PyYAML>=6"]\ntests = ["hypothesis"]`,
    "requirements-typing.txt": "types-six\n",
  })
  const { chosen, offered } = readDependencies(snapshot, facts).dependencies
  expect(chosen).toEqual({
    test: { groups: [], extras: ["tests"], requirements: [] },
    types: { groups: [], extras: [], requirements: ["requirements-typing.txt"] },
  })
  expect(offered).toEqual({ yaml: ["pyyaml"], tests: ["hypothesis"] })
})

test("settings replace what was found", async () => {
  const snapshot = await snapshotOf({
    "pyproject.toml": `${project}[dependency-groups]\ntests = ["t"]\nother = ["o"]`,
    "more.txt": "",
  })
  const overrides = { test: { groups: ["other"], requirements: ["more.txt", "p>=1"] }, types: {} }
  expect(show(readDependencies(snapshot, { ...facts, overrides }).dependencies.test)).toBe("o -r more.txt p>=1 pytest")
})

test("typing dependencies are said to come from their own file, also where mypy needs those of the tests", async () => {
  const snapshot = await snapshotOf({
    "pyproject.toml": `${project}[tool.mypy]\nfiles = ["src", "tests"]`,
    "requirements/tests.txt": "",
    "requirements/typing.txt": "",
  })
  const { evidence } = readDependencies(snapshot, facts)
  expect(evidence.find(({ fact }) => fact === "typing dependencies")?.origin).toEqual({
    file: "requirements/typing.txt",
  })
})

test("the project is never its own requirement", async () => {
  const snapshot = await snapshotOf({ "pyproject.toml": `${project}[dependency-groups]\ntests = ["X", "t"]` })
  expect(show(readDependencies(snapshot, facts).dependencies.test)).toBe("t pytest")
})

test.each([
  ["uv.lock", "uv"],
  ["poetry.lock", "poetry"],
  ["pdm.lock", "pdm"],
])("%s is the lock, with the groups that each purpose takes", async (path, kind) => {
  const text = `${project}[dependency-groups]\ntests = ["t"]\ntyping = ["m"]\n[project.optional-dependencies]\ntest = ["e"]`
  const { lock } = readDependencies(await snapshotOf({ "pyproject.toml": text, [path]: "" }), facts).dependencies
  expect(lock).toEqual({
    kind,
    path,
    groups: { runtime: [], test: ["tests"], types: ["typing"] },
    extras: { runtime: [], test: ["test"], types: [] },
  })
})

test("a lock that is to be ignored is", async () => {
  const snapshot = await snapshotOf({ "pyproject.toml": project, "uv.lock": "" })
  expect(readDependencies(snapshot, { ...facts, lock: "ignore" }).dependencies.lock).toBeUndefined()
})

test("resolving mounts metadata, lock and requirements, and what a build reads only where the backend must tell", async () => {
  const files = {
    "pyproject.toml": project,
    "uv.lock": "",
    "requirements/tests.txt": "-r base.txt",
    "requirements/base.txt": "",
    "README.md": "",
  }
  const known = readDependencies(await snapshotOf(files), facts).dependencies.files
  expect(known).toEqual({
    include: ["pyproject.toml", "requirements/base.txt", "requirements/tests.txt", "uv.lock"],
    exclude: [],
  })
  const told = readDependencies(await snapshotOf({ "setup.py": "setup(**x)" }), facts).dependencies.files
  expect(told).toEqual({ include: ["built", "setup.py"], exclude: ["left"] })
})
