import { expect, test } from "vitest"
import { inspectProject } from "../../src/project/inspect.js"
import type { Project } from "../../src/project/project.js"
import { memoryFiles } from "./memory-files.js"

/** Releases as they lie in their sdists, reduced to what decides; what is expected was read from the releases by hand. */
interface Release {
  readonly files: Readonly<Record<string, string>>
  readonly empty: readonly string[]
  readonly expected: {
    readonly version: string
    readonly interpreters: string
    readonly packages: string
    readonly pure: boolean
    readonly from: "static" | "file" | "scm"
    readonly tests: string
    readonly test: string
    readonly lock?: string
    readonly pins?: Readonly<Record<string, string>>
  }
}

const ALL = "3.9 3.10 3.11 3.12 3.13 3.14 3.15"

const releases: Readonly<Record<string, Release>> = {
  "itsdangerous 2.2.0": {
    files: {
      "pyproject.toml": `[project]
name = "itsdangerous"
version = "2.2.0"
readme = "README.md"
license = { file = "LICENSE.txt" }
classifiers = ["Programming Language :: Python", "Typing :: Typed"]
requires-python = ">=3.8"
[build-system]
requires = ["flit_core<4"]
build-backend = "flit_core.buildapi"
[tool.flit.module]
name = "itsdangerous"
[tool.flit.sdist]
include = ["docs/", "requirements/", "tests/", "CHANGES.rst", "tox.ini"]
[tool.pytest.ini_options]
testpaths = ["tests"]
[tool.ruff]
fix = true
`,
      "tox.ini": "[testenv]\ndeps = -r requirements/tests.txt\n[testenv:typing]\ndeps = -r requirements/typing.txt\n",
      "requirements/tests.in": "pytest\nfreezegun\n",
      "requirements/tests.txt": "freezegun==1.4.0\npytest==8.1.1\n",
      "requirements/typing.txt": "mypy==1.9.0\n",
      "requirements/docs.txt": "sphinx==7.2.6\n",
    },
    empty: [
      "README.md",
      "LICENSE.txt",
      "CHANGES.rst",
      "src/itsdangerous/__init__.py",
      "tests/test_itsdangerous/test_signer.py",
      "PKG-INFO",
    ],
    expected: {
      version: "2.2.0",
      interpreters: ALL,
      packages: "src/itsdangerous",
      pure: true,
      from: "static",
      tests: "tests",
      test: "-r requirements/tests.txt pytest",
      pins: { mypy: "==1.9.0", pytest: "==8.1.1" },
    },
  },
  "attrs 26.1.0": {
    files: {
      "pyproject.toml": `[build-system]
requires = ["hatchling", "hatch-vcs", "hatch-fancy-pypi-readme>=23.2.0"]
build-backend = "hatchling.build"
[project]
name = "attrs"
requires-python = ">=3.9"
classifiers = ["Programming Language :: Python :: 3.9", "Programming Language :: Python :: 3.10", "Programming Language :: Python :: 3.14"]
dependencies = []
dynamic = ["version", "readme"]
[dependency-groups]
mypy = [{ include-group = "tests" }, "pytest-mypy-plugins"]
tests = ["cloudpickle", "hypothesis", "pytest", "pytest-xdist[psutil]"]
dev = [{ include-group = "tests" }, "ruff"]
[tool.hatch.version]
source = "vcs"
[tool.hatch.build.targets.wheel]
packages = ["src/attr", "src/attrs"]
[tool.pytest.ini_options]
testpaths = "tests"
`,
      "tox.ini": "[testenv]\ndependency_groups =\n    tests: tests\n    mypy: mypy\n",
      "PKG-INFO": "Metadata-Version: 2.4\nName: attrs\nVersion: 26.1.0\n\n# attrs\n",
      "uv.lock": 'version = 1\n\n[[package]]\nname = "ruff"\nversion = "0.15.5"\n',
    },
    empty: ["src/attr/__init__.py", "src/attrs/__init__.py", "tests/test_make.py", "bench/test_benchmarks.py"],
    expected: {
      version: "26.1.0",
      interpreters: "3.9 3.10 3.14",
      packages: "src/attr src/attrs",
      pure: true,
      from: "scm",
      tests: "tests",
      test: "cloudpickle hypothesis pytest pytest-xdist[psutil]",
      lock: "uv.lock",
      pins: { ruff: "==0.15.5" },
    },
  },
  "pluggy 1.7.0": {
    files: {
      "pyproject.toml": `[build-system]
requires = ["setuptools>=65.0", "setuptools-scm[toml]>=8.0"]
build-backend = "setuptools.build_meta"
[project]
name = "pluggy"
readme = { file = "README.rst", content-type = "text/x-rst" }
requires-python = ">=3.10"
classifiers = ["Programming Language :: Python :: 3.10", "Programming Language :: Python :: 3.11"]
dynamic = ["version"]
[dependency-groups]
dev = ["pre-commit"]
testing = ["pytest>=8", "pytest-benchmark", "coverage"]
[tool.setuptools]
packages = ["pluggy"]
package-dir = { "" = "src" }
[tool.setuptools_scm]
`,
      "tox.ini": "[testenv]\ndependency_groups=testing\ndeps=\n  coverage: coverage\n[pytest]\ntestpaths = testing\n",
      "setup.cfg": "[egg_info]\ntag_build = \ntag_date = 0\n",
      "PKG-INFO": "Metadata-Version: 2.4\nName: pluggy\nVersion: 1.7.0\n",
      "uv.lock": "version = 1\n",
    },
    empty: ["src/pluggy/__init__.py", "testing/test_hookcaller.py", "testing/conftest.py", "scripts/release.py"],
    expected: {
      version: "1.7.0",
      interpreters: "3.10 3.11",
      packages: "src/pluggy",
      pure: true,
      from: "scm",
      tests: "testing",
      test: "pytest>=8 pytest-benchmark coverage",
      lock: "uv.lock",
    },
  },
  "tomlkit 0.15.2": {
    files: {
      "pyproject.toml": `[project]
name = "tomlkit"
version = "0.15.2"
readme = "README.md"
requires-python = ">=3.9"
[tool.poetry]
include = [{ path = "tomlkit/py.typed" }, { path = "tests", format = "sdist" }]
[dependency-groups]
dev = ["pytest~=7.2", "PyYAML~=6.0", "mypy==1.19.1"]
[tool.mypy]
files = "tomlkit, tests"
[build-system]
requires = ["poetry-core>=2.2.0"]
build-backend = "poetry.core.masonry.api"
`,
    },
    empty: ["tomlkit/__init__.py", "tomlkit/py.typed", "tests/__init__.py", "tests/test_api.py", "docs/conf.py"],
    expected: {
      version: "0.15.2",
      interpreters: ALL,
      packages: "tomlkit",
      pure: true,
      from: "static",
      tests: "tests",
      test: "pytest~=7.2 PyYAML~=6.0 mypy==1.19.1",
      pins: { mypy: "==1.19.1" },
    },
  },
  "docopt-ng 0.9.0": {
    files: {
      "pyproject.toml": `[build-system]
requires = ["pdm-backend"]
build-backend = "pdm.backend"
[project]
name = "docopt-ng"
version = "0.9.0"
dynamic = []
dependencies = []
requires-python = ">=3.7"
classifiers = ["Programming Language :: Python :: 3.7", "Programming Language :: Python :: 3.8", "Programming Language :: Python :: 3.9", "Programming Language :: Python :: 3.10"]
[tool.pdm.version]
source = "file"
path = "docopt/_version.py"
[tool.pdm.dev-dependencies]
dev = ["black", "pytest", "pytest-mypy"]
[tool.pytest.ini_options]
testpaths = ["./tests"]
`,
    },
    empty: ["docopt/__init__.py", "docopt/_version.py", "tests/test_docopt.py", "tests/conftest.py"],
    expected: {
      version: "0.9.0",
      interpreters: "3.8 3.9 3.10",
      packages: "docopt",
      pure: true,
      from: "static",
      tests: "tests",
      test: "black pytest pytest-mypy",
    },
  },
  "MarkupSafe 3.0.4": {
    files: {
      "pyproject.toml": `[project]
name = "MarkupSafe"
version = "3.0.4"
requires-python = ">=3.9"
[dependency-groups]
dev = ["ruff", "tox"]
tests = ["pytest", "pytest-run-parallel; python_full_version >= '3.13'"]
[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"
[tool.pytest.ini_options]
testpaths = ["tests"]
[tool.tox.env_run_base]
dependency_groups = ["tests"]
`,
      "setup.py": `from setuptools import Extension, setup
ext_modules = [Extension("markupsafe._speedups", ["src/markupsafe/_speedups.c"])]

def run_setup(with_binary):
    setup(ext_modules=ext_modules if with_binary else [])

run_setup(True)
`,
      "uv.lock": "version = 1\n",
    },
    empty: ["src/markupsafe/__init__.py", "src/markupsafe/_speedups.c", "tests/test_markupsafe.py"],
    expected: {
      version: "3.0.4",
      interpreters: ALL,
      packages: "src/markupsafe",
      pure: false,
      from: "static",
      tests: "tests",
      test: "pytest pytest-run-parallel; python_full_version >= '3.13'",
      lock: "uv.lock",
    },
  },
  "six 1.17.0": {
    files: {
      "setup.py": `from setuptools import setup
import six
with open("README.rst", "r") as fp:
    text = fp.read()
setup(name="six",
      version=six.__version__,
      tests_require=["pytest"],
      py_modules=["six"],
      long_description=text,
      python_requires=">=2.7, !=3.0.*, !=3.1.*, !=3.2.*",
      )
`,
      "setup.cfg": "[metadata]\nlicense_files = LICENSE\n[tool:pytest]\nminversion = 2.2.0\n",
      "six.py": '"""Utilities"""\n\n__version__ = "1.17.0"\n',
    },
    empty: ["test_six.py", "README.rst", "LICENSE", "documentation/conf.py"],
    expected: {
      version: "1.17.0",
      interpreters: ALL,
      packages: "six.py",
      pure: true,
      from: "file",
      tests: "test_six.py",
      test: "pytest",
    },
  },
  "click 7.1.2": {
    files: {
      "setup.py": `import re
from setuptools import find_packages, setup
version = re.search(r'__version__ = "(.*?)"', open("src/click/__init__.py").read()).group(1)
setup(
    name="click",
    version=version,
    packages=find_packages("src"),
    package_dir={"": "src"},
    python_requires=">=2.7, !=3.0.*, !=3.1.*, !=3.2.*, !=3.3.*, !=3.4.*",
)
`,
      "setup.cfg": "[tool:pytest]\ntestpaths = tests\n[coverage:run]\nbranch = True\n",
      "tox.ini": "[testenv]\ndeps =\n    pytest\n    colorama\n[testenv:style]\ndeps = pre-commit\n",
      "src/click/__init__.py": '__version__ = "7.1.2"\n',
    },
    empty: ["tests/test_basic.py", "examples/aliases/setup.py", "docs/conf.py"],
    expected: {
      version: "7.1.2",
      interpreters: ALL,
      packages: "src/click",
      pure: true,
      from: "file",
      tests: "tests",
      test: "pytest colorama",
    },
  },
}

function seen(project: Project): Release["expected"] {
  return {
    version: project.version ?? "",
    interpreters: project.interpreters.join(" "),
    packages: project.packages.map(({ path }) => path).join(" "),
    pure: project.build?.pure ?? false,
    from: project.build?.version ?? "static",
    tests: project.tests.paths.join(" "),
    test: project.dependencies.test
      .map((each) => (each.kind === "file" ? `-r ${each.path}` : each.kind === "requirement" ? each.text : "metadata"))
      .join(" "),
    ...(project.dependencies.lock === undefined ? {} : { lock: project.dependencies.lock.path }),
    pins: Object.fromEntries(
      Object.entries(project.tools).flatMap(([tool, { pin }]) => (pin === undefined ? [] : [[tool, pin]])),
    ),
  }
}

test.each(Object.entries(releases))("%s is found out", async (title, { files, empty, expected }) => {
  const all = { ...Object.fromEntries(empty.map((path) => [path, ""])), ...files }
  const { project } = await inspectProject(memoryFiles(all))
  expect(project.name).toBe(title.split(" ")[0])
  expect(project.kind).toBe("package")
  expect(project.tests.files.include).not.toContain("README.md")
  expect(seen(project)).toMatchObject(expected)
})
