import { expect, test } from "vitest"
import { inspectProject } from "../../src/project/inspect.js"
import { memoryFiles } from "./memory-files.js"

const flit = `[project]
name = "demo"
version = "1.0"
requires-python = ">=3.12"
dependencies = ["click"]

[build-system]
requires = ["flit_core<4"]
build-backend = "flit_core.buildapi"
`

test("a project is found out as a whole, and every fact says from where", async () => {
  const files = memoryFiles({
    "pyproject.toml": flit,
    "src/demo/__init__.py": "",
    "tests/test_a.py": "",
    Dockerfile: "",
  })
  const { project } = await inspectProject(files, { path: "libs/demo" })
  expect(project).toMatchObject({
    path: "libs/demo",
    kind: "package",
    name: "demo",
    version: "1.0",
    requiresPython: ">=3.12",
    interpreters: ["3.12", "3.13", "3.14", "3.15"],
    build: { backend: "flit_core.buildapi", requires: ["flit_core<4"], pure: true, version: "static" },
    packages: [{ name: "demo", kind: "package", path: "src/demo" }],
    tests: { present: true, paths: ["tests"], insidePackage: false },
    dockerfile: "Dockerfile",
  })
  const where = Object.fromEntries(project.evidence.map(({ fact, origin }) => [fact, origin]))
  expect(where).toMatchObject({
    kind: { file: "pyproject.toml", line: 9 },
    name: { file: "pyproject.toml", line: 2 },
    version: { file: "pyproject.toml", line: 3 },
    interpreters: { file: "pyproject.toml", line: 4 },
    dependencies: { file: "pyproject.toml", line: 5 },
    "build backend": { file: "pyproject.toml", line: 9 },
  })
  expect(project.evidence.every(({ change }) => change !== undefined)).toBe(true)
})

test("an application with requirements files is not built, and its tests run in its tree", async () => {
  const files = memoryFiles({
    "requirements.txt": "flask==3.0.0",
    "app.py": "",
    "test_app.py": "",
    ".python-version": "3.12",
  })
  const { project } = await inspectProject(files, { path: "services/web" })
  expect(project).toMatchObject({
    kind: "application",
    name: "web",
    interpreters: ["3.12"],
    tests: { files: { include: ["**"] } },
  })
  expect(project.build).toBeUndefined()
})

test("a package that names no backend is built by setuptools, as PEP 517 says", async () => {
  const text = '[project]\nname = "demo"\nversion = "1.0"\n[tool.setuptools]\npackages = ["demo"]'
  const { project } = await inspectProject(memoryFiles({ "pyproject.toml": text, "demo/__init__.py": "" }))
  expect(project).toMatchObject({
    kind: "package",
    build: { backend: "setuptools.build_meta:__legacy__", version: "static" },
  })
})

test("a project without packages and without tests is still known", async () => {
  const { project } = await inspectProject(memoryFiles({ "pyproject.toml": flit }))
  expect([project.packages, project.tests.present, project.tests.paths]).toEqual([[], false, []])
})

test("settings reach what is found", async () => {
  const settings =
    '[tool.quillon]\nkind = "application"\npython.versions = ["3.10"]\ntest.paths = ["spec"]\nimage.dockerfile = "docker/Dockerfile"'
  const files = { "pyproject.toml": `${flit}\n${settings}`, "docker/Dockerfile": "FROM scratch" }
  const { project } = await inspectProject(memoryFiles(files), {
    env: { QUILLON_TEST_INCLUDE: "data" },
  })
  expect(project).toMatchObject({
    kind: "application",
    interpreters: ["3.10"],
    tests: { paths: ["spec"] },
    dockerfile: "docker/Dockerfile",
  })
})

test("a fact that a setting decided names the setting, and its place", async () => {
  const files = memoryFiles({ "pyproject.toml": `${flit}\n[tool.quillon]\nkind = "application"` })
  const { evidence } = (await inspectProject(files, { flags: { "python.versions": ["3.10"] } })).project
  expect(evidence.find(({ fact }) => fact === "kind")).toMatchObject({
    setBy: "kind",
    origin: { file: "pyproject.toml", line: 12 },
  })
  expect(evidence.find(({ fact }) => fact === "interpreters")).toMatchObject({
    setBy: "python.versions",
    origin: "default",
  })
})

test("a member of a workspace takes the root's lock", async () => {
  const files = memoryFiles({
    "pyproject.toml": flit,
    "../../pyproject.toml": '[tool.uv.workspace]\nmembers = ["packages/*"]',
    "../../uv.lock": "version = 1",
  })
  const { project } = await inspectProject(files, { path: "packages/demo" })
  expect(project.dependencies.lock).toMatchObject({ kind: "uv", path: "../../uv.lock" })
  expect(project.dependencies.files.include).toEqual(["pyproject.toml"])
})

test("files that contradict one another are named, with the one that wins", async () => {
  const files = memoryFiles({
    "pyproject.toml": flit,
    "setup.py": 'setup(name="Demo", version="0.9", python_requires=">= 3.12")',
  })
  const { project } = await inspectProject(files)
  expect(project.version).toBe("1.0")
  expect(project.evidence.filter(({ fact }) => fact === "contradiction")).toEqual([
    expect.objectContaining({
      value: 'version is "0.9" here, and "1.0" in pyproject.toml, which wins',
      origin: { file: "setup.py", line: 1 },
    }),
  ])
})

test("Windows line ends change nothing", async () => {
  const read = async (text: string) =>
    (await inspectProject(memoryFiles({ "pyproject.toml": text, "demo.py": "" }))).project
  expect(await read(flit.replaceAll("\n", "\r\n"))).toEqual(await read(flit))
})

test.each<[string, Record<string, string>, string]>([
  ["no project", { "README.md": "" }, "NOT_A_PYTHON_PROJECT"],
  ["broken TOML", { "pyproject.toml": "[project" }, "BROKEN_TOML"],
  ["a wrong setting", { "pyproject.toml": "[tool.quillon]\nx = 1" }, "UNKNOWN_SETTING"],
])("%s is refused with a code", async (_, files, code) => {
  await expect(inspectProject(memoryFiles(files))).rejects.toMatchObject({ code })
})
