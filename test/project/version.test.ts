import { expect, test } from "vitest"
import { readBackend } from "../../src/project/backend.js"
import { readMetadata } from "../../src/project/metadata.js"
import { readVersion } from "../../src/project/version.js"
import { snapshotOf } from "./snapshot-of.js"

const system = (backend: string, requires = "[]"): string =>
  `[build-system]\nrequires = ${requires}\nbuild-backend = "${backend}"\n`
const dynamic = '[project]\nname = "x"\ndynamic = ["version"]\n'
const pkg = { name: "x", kind: "package", path: "src/x" } as const

test.each<[string, Record<string, string>, string, string | undefined]>([
  [
    "static metadata",
    { "pyproject.toml": `${system("hatchling.build")}[project]\nname = "x"\nversion = "1.0"` },
    "static",
    "1.0",
  ],
  [
    "poetry's table",
    { "pyproject.toml": `${system("poetry.core.masonry.api")}[tool.poetry]\nversion = "1.1"` },
    "static",
    "1.1",
  ],
  ["setup.cfg", { "setup.cfg": "[metadata]\nname = x\nversion = 1.2" }, "static", "1.2"],
  ["setup.py", { "setup.py": 'setup(name="x", version="1.3")' }, "static", "1.3"],
  [
    "setuptools-scm",
    { "pyproject.toml": `${system("setuptools.build_meta", '["setuptools-scm[toml]>=8"]')}${dynamic}` },
    "scm",
    undefined,
  ],
  [
    "setuptools-scm in an unpacked sdist",
    {
      "pyproject.toml": `${system("setuptools.build_meta", '["setuptools-scm"]')}${dynamic}`,
      "PKG-INFO": "Metadata-Version: 2.1\nName: x\nVersion: 3.2.1\n\nVersion: 9\n",
    },
    "scm",
    "3.2.1",
  ],
  [
    "hatch-vcs",
    { "pyproject.toml": `${system("hatchling.build", '["hatch-vcs"]')}${dynamic}[tool.hatch.version]\nsource = "vcs"` },
    "scm",
    undefined,
  ],
  ["use_scm_version of setup.py", { "setup.py": 'setup(name="x", use_scm_version=True)' }, "scm", undefined],
  [
    "setuptools-scm that only lists files, beside a static version",
    {
      "pyproject.toml": `${system("setuptools.build_meta", '["setuptools-scm"]')}[project]\nname = "x"\nversion = "2.0"`,
    },
    "static",
    "2.0",
  ],
  [
    "hatch's version path",
    {
      "pyproject.toml": `${system("hatchling.build")}${dynamic}[tool.hatch.version]\npath = "src/x/__about__.py"`,
      "src/x/__about__.py": '__version__ = "2.1"',
    },
    "file",
    "2.1",
  ],
  [
    "setuptools' attr",
    {
      "pyproject.toml": `${system("setuptools.build_meta")}${dynamic}[tool.setuptools.dynamic]\nversion = { attr = "x.version.VERSION" }`,
      "src/x/version.py": "# c\nVERSION: str = '2.2'",
    },
    "file",
    "2.2",
  ],
  [
    "setuptools' file",
    {
      "pyproject.toml": `${system("setuptools.build_meta")}${dynamic}[tool.setuptools.dynamic]\nversion = { file = "VERSION" }`,
      VERSION: "2.3\n",
    },
    "file",
    "2.3",
  ],
  [
    "setup.cfg's attr",
    { "setup.cfg": "[metadata]\nname = x\nversion = attr: x.__version__", "src/x/__init__.py": '__version__ = "2.4"' },
    "file",
    "2.4",
  ],
  [
    "flit's __version__",
    {
      "pyproject.toml": `${system("flit_core.buildapi")}${dynamic}`,
      "src/x/__init__.py": '"""Doc"""\n\n__version__ = "2.5"',
    },
    "file",
    "2.5",
  ],
  [
    "no module that joins its parts",
    {
      "setup.py": 'setup(name="x")',
      "src/x/__init__.py": '__version_info__ = ("1", "17")\n__version__ = ".".join(__version_info__)',
    },
    "file",
    undefined,
  ],
  [
    "a line with a comment, and Windows line ends",
    { "setup.py": 'setup(name="x")', "src/x/__init__.py": '__version__ = "2.6"  # of the module\r\nA = 1\r\n' },
    "file",
    "2.6",
  ],
  ["nothing that can be read", { "setup.py": 'setup(name="x", version=compute())' }, "file", undefined],
])("a version from %s", async (_, files, from, expected) => {
  const snapshot = await snapshotOf(files)
  const backend = readBackend(snapshot)
  if (backend === undefined) throw new Error("no backend")
  const stated = readMetadata(snapshot, backend).version
  const found = readVersion(snapshot, { backend, stated, packages: [pkg] })
  expect([found.from, found.known?.value]).toEqual([from, expected])
})

test("the line of the version is named", async () => {
  const files = { "setup.py": 'setup(name="x", version=v)', "src/x/__init__.py": '"""Doc"""\n\n__version__ = "2.5"' }
  const snapshot = await snapshotOf(files)
  const backend = readBackend(snapshot)
  const found = backend && readVersion(snapshot, { backend, stated: undefined, packages: [pkg] })
  expect(found?.known?.origin).toEqual({ file: "src/x/__init__.py", line: 3 })
})
