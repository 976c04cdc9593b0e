import { expect, test } from "vitest"
import { readBackend } from "../../src/project/backend.js"
import { readPurity } from "../../src/project/extensions.js"
import { snapshotOf } from "./snapshot-of.js"

const system = (backend: string, requires = "[]"): string =>
  `[build-system]\nrequires = ${requires}\nbuild-backend = "${backend}"\n`

const pkg = { name: "x", kind: "package", path: "x" } as const

test.each<[string, boolean, Record<string, string>, string[]]>([
  ["flit", true, { "pyproject.toml": system("flit_core.buildapi") }, ["x/__init__.py"]],
  ["maturin", false, { "pyproject.toml": system("maturin") }, []],
  ["meson-python", false, { "pyproject.toml": system("mesonpy") }, []],
  ["scikit-build-core", false, { "pyproject.toml": system("scikit_build_core.build") }, []],
  [
    "poetry with a build script",
    false,
    { "pyproject.toml": `${system("poetry.core.masonry.api")}[tool.poetry]\nbuild = "build.py"` },
    [],
  ],
  [
    "pdm that runs setuptools",
    false,
    { "pyproject.toml": `${system("pdm.backend")}[tool.pdm.build]\nrun-setuptools = true` },
    [],
  ],
  [
    "hatchling with mypyc",
    false,
    { "pyproject.toml": `${system("hatchling.build")}[tool.hatch.build.targets.wheel.hooks.mypyc]` },
    [],
  ],
  [
    "hatchling with a hook that writes the version",
    true,
    { "pyproject.toml": `${system("hatchling.build")}[tool.hatch.build.hooks.vcs]\nversion-file = "x/_v.py"` },
    [],
  ],
  ["setup.py with extensions", false, { "setup.py": 'setup(ext_modules=[Extension("x._c", ["x/_c.c"])])' }, []],
  ["setup.py with extensions under a condition", false, { "setup.py": "setup(ext_modules=mods if yes else [])" }, []],
  [
    "setup.py with a list that a condition fills",
    false,
    { "setup.py": 'mods = []\nif not PYPY:\n    mods.append(Extension("x._c", ["x/_c.c"]))\nsetup(ext_modules=mods)' },
    [],
  ],
  ["setup.py with no extension in its list", true, { "setup.py": "setup(ext_modules=[])" }, []],
  [
    "setuptools with ext-modules",
    false,
    { "pyproject.toml": `${system("setuptools.build_meta")}[[tool.setuptools.ext-modules]]\nname = "x._c"` },
    [],
  ],
  [
    "Cython with something to compile",
    false,
    { "pyproject.toml": system("setuptools.build_meta", '["setuptools", "Cython>=3"]') },
    ["x/fast.pyx"],
  ],
  [
    "Cython with nothing to compile",
    true,
    { "pyproject.toml": system("setuptools.build_meta", '["setuptools", "Cython>=3"]') },
    ["x/a.py"],
  ],
  ["C sources that nothing compiles", true, { "pyproject.toml": system("hatchling.build") }, ["x/example.c"]],
])("a wheel of %s is pure: %s", async (_, pure, files, empty) => {
  const snapshot = await snapshotOf(files, empty)
  const backend = readBackend(snapshot)
  expect(backend && readPurity(snapshot, backend, [pkg]).pure).toBe(pure)
})
