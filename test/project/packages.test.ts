import { expect, test } from "vitest"
import { readBackend } from "../../src/project/backend.js"
import { readPackages } from "../../src/project/packages.js"
import { snapshotOf } from "./snapshot-of.js"

const pyproject = (backend: string, rest = ""): Record<string, string> => ({
  "pyproject.toml": `[build-system]\nrequires = []\nbuild-backend = "${backend}"\n${rest}`,
})

interface Row {
  readonly says: string
  readonly files: Readonly<Record<string, string>>
  readonly empty: readonly string[]
  readonly name?: string
  /** `kind name path`, one a package. */
  readonly expected: readonly string[]
}

const rows: readonly Row[] = [
  {
    says: "flit: the package named as the distribution, src layout",
    files: pyproject("flit_core.buildapi"),
    empty: ["src/my_lib/__init__.py", "tests/test_a.py"],
    name: "my-lib",
    expected: ["package my_lib src/my_lib"],
  },
  {
    says: "flit: the module's name, which is not the distribution's",
    files: pyproject("flit_core.buildapi", '[tool.flit.module]\nname = "other"'),
    empty: ["other.py", "my_lib/__init__.py"],
    expected: ["module other other.py"],
  },
  {
    says: "hatchling: packages, with src/ taken off",
    files: pyproject("hatchling.build", '[tool.hatch.build.targets.wheel]\npackages = ["src/attr", "src/attrs"]'),
    empty: ["src/attr/__init__.py", "src/attrs/__init__.py", "src/other/__init__.py"],
    name: "attrs",
    expected: ["package attr src/attr", "package attrs src/attrs"],
  },
  {
    says: "hatchling: a namespace package",
    files: pyproject("hatchling.build", '[tool.hatch.build.targets.wheel]\npackages = ["src/company"]'),
    empty: ["src/company/tool/__init__.py", "src/company/other/__init__.py"],
    expected: ["package company.other src/company/other", "package company.tool src/company/tool"],
  },
  {
    says: "poetry: include and from",
    files: pyproject(
      "poetry.core.masonry.api",
      '[tool.poetry]\npackages = [{ include = "a", from = "lib" }, { include = "b" }]',
    ),
    empty: ["lib/a/__init__.py", "b/__init__.py", "c/__init__.py"],
    expected: ["package a lib/a", "package b b"],
  },
  {
    says: "poetry: a folder without __init__ that holds modules beside packages is one package",
    files: pyproject("poetry.core.masonry.api", '[tool.poetry]\npackages = [{ include = "poetry", from = "src" }]'),
    empty: ["src/poetry/factory.py", "src/poetry/console/__init__.py", "src/poetry/utils/__init__.py"],
    name: "poetry",
    expected: ["namespace poetry src/poetry"],
  },
  {
    says: "poetry: flat, by name",
    files: pyproject("poetry.core.masonry.api"),
    empty: ["tomlkit/__init__.py", "tests/__init__.py", "docs/conf.py"],
    name: "tomlkit",
    expected: ["package tomlkit tomlkit"],
  },
  {
    says: "pdm: the only package, which is not named as the distribution",
    files: pyproject("pdm.backend"),
    empty: ["docopt/__init__.py", "tests/__init__.py"],
    name: "docopt-ng",
    expected: ["package docopt docopt"],
  },
  {
    says: "uv_build: module-root and module-name",
    files: pyproject("uv_build", '[tool.uv.build-backend]\nmodule-root = ""\nmodule-name = "thing"'),
    empty: ["thing/__init__.py"],
    expected: ["package thing thing"],
  },
  {
    says: "maturin: python-source and a module inside the package",
    files: pyproject("maturin", '[tool.maturin]\npython-source = "python"\nmodule-name = "fast._core"'),
    empty: ["python/fast/__init__.py", "src/lib.rs"],
    expected: ["package fast python/fast"],
  },
  {
    says: "scikit-build-core: listed packages",
    files: pyproject("scikit_build_core.build", '[tool.scikit-build]\nwheel.packages = ["python/fast"]'),
    empty: ["python/fast/__init__.py"],
    expected: ["package fast python/fast"],
  },
  {
    says: "setuptools: listed in pyproject.toml with package-dir",
    files: pyproject(
      "setuptools.build_meta",
      '[tool.setuptools]\npackages = ["a", "a.b"]\npackage-dir = { "" = "src" }',
    ),
    empty: ["src/a/__init__.py", "src/a/b/__init__.py"],
    expected: ["package a src/a"],
  },
  {
    says: "setuptools: find with where and exclude",
    files: pyproject("setuptools.build_meta", '[tool.setuptools.packages.find]\nwhere = ["lib"]\nexclude = ["skip*"]'),
    empty: ["lib/keep/__init__.py", "lib/skipped/__init__.py"],
    expected: ["package keep lib/keep"],
  },
  {
    says: "setuptools: automatic discovery of a namespace in src",
    files: pyproject("setuptools.build_meta"),
    empty: ["src/google/cloud/storage/__init__.py"],
    expected: ["package google.cloud.storage src/google/cloud/storage"],
  },
  {
    says: "setuptools: setup.cfg with find:",
    files: {
      "setup.cfg":
        "[metadata]\nname = x\n[options]\npackages = find:\npackage_dir =\n    = src\n[options.packages.find]\nwhere = src\n",
    },
    empty: ["src/x/__init__.py", "tests/__init__.py"],
    expected: ["package x src/x"],
  },
  {
    says: "setuptools: setup.py with find_packages",
    files: { "setup.py": 'setup(name="x", packages=find_packages(exclude=["tests", "tests.*"]))' },
    empty: ["x/__init__.py", "tests/__init__.py"],
    expected: ["package x x"],
  },
  {
    says: "setuptools: single modules of setup.py",
    files: { "setup.py": 'setup(name="six", py_modules=["six"])' },
    empty: ["six.py", "test_six.py"],
    expected: ["module six six.py"],
  },
  {
    says: "setuptools: package_dir that names one package's folder",
    files: { "setup.py": 'setup(name="x", packages=["x"], package_dir={"x": "code"})' },
    empty: ["code/__init__.py"],
    expected: ["package x code"],
  },
  {
    says: "an unknown backend: one distribution with two import packages",
    files: pyproject("backend", 'backend-path = ["."]'),
    empty: ["one/__init__.py", "two/__init__.py", "docs/__init__.py", "backend.py"],
    name: "other",
    expected: ["package one one", "package two two"],
  },
  {
    says: "no backend: an application's single module",
    files: { "requirements.txt": "flask" },
    empty: ["app.py", "conftest.py", "test_app.py"],
    expected: ["module app app.py"],
  },
  { says: "nothing at all", files: { "requirements.txt": "" }, empty: ["docs/x.md"], expected: [] },
]

test.each(rows.map((row) => [row.says, row] as const))(
  "packages of %s",
  async (_, { files, empty, name, expected }) => {
    const snapshot = await snapshotOf(files, empty)
    const { packages } = readPackages(snapshot, { name, backend: readBackend(snapshot) })
    expect(packages.map((each) => `${each.kind} ${each.name} ${each.path}`)).toEqual(expected)
  },
)
