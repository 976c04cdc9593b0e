import { describe, expect, test } from "vitest"
import { findPlaces } from "../../../src/release/version/find-places.js"
import { factsOf, type Given } from "./facts-of.js"

/** `text@line` of the places that are found in the files. */
function found(given: Given): readonly string[] {
  return findPlaces(factsOf(given)).places.map(({ text, line }) => `${text}@${line}`)
}

describe("pyproject.toml", () => {
  test.each<[string, string, readonly string[]]>([
    ["a plain string", '[project]\nversion = "1.0"\n', ["1.0@2"]],
    ["a literal string", "[project]\nversion='1.0'\n", ["1.0@2"]],
    ["a dotted key", 'project.version = "1.0"\n', ["1.0@1"]],
    ["an inline table", 'project = {name = "version", version = "1.0"}\n', ["1.0@1"]],
    ["a quoted key", '[project]\n"version" = "1.0"\n', ["1.0@2"]],
    ["CRLF and a comment", '[project]\r\n# version = "0"\r\nversion = "1.0" # "2.0"\r\n', ["1.0@3"]],
    ["versions of others", '[project]\nversion = "1.0"\n[tool.x]\nversion = "9"\n', ["1.0@2"]],
    ["poetry's table", '[tool.poetry]\nversion = "1.0"\n', ["1.0@2"]],
    ["both tables", '[project]\nversion = "1.0"\n[tool.poetry]\nversion = "1.1"\n', ["1.0@2", "1.1@4"]],
    ["poetry's placeholder", '[tool.poetry]\nversion = "0.0.0"\n[tool.poetry-dynamic-versioning]\nenable = true\n', []],
    ["commitizen", '[tool.commitizen]\nversion = "1.0"\n', ["1.0@2"]],
    ["bump-my-version", '[tool.bumpversion]\ncurrent_version = "1.0"\n', ["1.0@2"]],
    ["no version", '[project]\ndynamic = ["version"]\n', []],
  ])("%s", (_name, text, places) => {
    expect(found({ files: { "pyproject.toml": text } })).toEqual(places)
  })
})

describe("what build backends read", () => {
  const dynamic = (tool: string) => `[project]\nname = "demo"\ndynamic = ["version"]\n${tool}\n`
  test.each<[string, Record<string, string>, readonly string[]]>([
    [
      "hatch path",
      { "pyproject.toml": dynamic('[tool.hatch.version]\npath = "meta.py"'), "meta.py": 'VERSION = "1.0"\n' },
      ["1.0@1"],
    ],
    [
      "hatch pattern",
      {
        "pyproject.toml": dynamic("[tool.hatch.version]\npath = 'v.txt'\npattern = '(?i)^release: (?P<version>\\S+)'"),
        "v.txt": "x\nRelease: 1.0\n",
      },
      ["1.0@2"],
    ],
    [
      "setuptools attr",
      {
        "pyproject.toml": dynamic('[tool.setuptools.dynamic]\nversion = {attr = "demo.meta.NUMBER"}'),
        "src/demo/meta.py": 'NUMBER = "1.0"\n',
      },
      ["1.0@1"],
    ],
    [
      "setuptools file",
      { "pyproject.toml": dynamic('[tool.setuptools.dynamic]\nversion = {file = ["ver.txt"]}'), "ver.txt": " 1.0\n" },
      ["1.0@1"],
    ],
    [
      "setup.cfg attr",
      {
        "setup.cfg": "[metadata]\nversion = attr: demo.__version__\n",
        "src/demo/__init__.py": '__version__ = "1.0"\n',
      },
      ["1.0@1"],
    ],
    ["setup.cfg file", { "setup.cfg": "[metadata]\nversion = file: VERSION\n", VERSION: "1.0\n" }, ["1.0@1"]],
    [
      "pdm path",
      {
        "pyproject.toml": dynamic('[tool.pdm.version]\nsource = "file"\npath = "src/demo/about.py"'),
        "src/demo/about.py": '__version__ = "1.0"\n',
      },
      ["1.0@1"],
    ],
    [
      "flit",
      { "pyproject.toml": dynamic(""), "src/demo/__init__.py": '"""Demo."""\n__version__ = "1.0"\n' },
      ["1.0@2"],
    ],
    [
      "maturin",
      {
        "pyproject.toml": dynamic('[build-system]\nbuild-backend = "maturin"'),
        "Cargo.toml": '[package]\nname = "demo"\nversion = "1.0.0"\n[dependencies]\nx = { version = "9" }\n',
      },
      ["1.0.0@3"],
    ],
    [
      "meson-python",
      {
        "pyproject.toml": dynamic('[build-system]\nbuild-backend = "mesonpy"'),
        "meson.build": "project(\n  'demo', 'c',\n  version: '1.0',\n)\nversion: '9'\n",
      },
      ["1.0@3"],
    ],
    [
      "scikit-build-core",
      {
        "pyproject.toml": dynamic(
          '[build-system]\nbuild-backend = "scikit_build_core.build"\n[tool.scikit-build.metadata.version]\nprovider = "scikit_build_core.metadata.regex"\ninput = "src/meta.py"',
        ),
        "src/meta.py": 'x = 1\n__version__ = "1.0"\n',
      },
      ["1.0@2"],
    ],
  ])("%s", (_name, files, places) => {
    expect(found({ files })).toEqual(places)
  })

  test("a reader whose file is gone is told", () => {
    const files = { "pyproject.toml": dynamic('[tool.hatch.version]\npath = "meta.py"') }
    expect(findPlaces(factsOf({ files })).troubles).toEqual([
      expect.objectContaining({ file: "meta.py", message: "is not there, and [tool.hatch.version] path names it" }),
    ])
  })

  test("a pattern of Python's that can't be understood is told, not guessed", () => {
    const files = { "pyproject.toml": dynamic("[tool.hatch.version]\npath = 'v.py'\npattern = '(?<!x'"), "v.py": "1" }
    expect(findPlaces(factsOf({ files })).troubles).toEqual([expect.objectContaining({ file: "v.py" })])
  })
})

describe("setup.cfg", () => {
  test.each<[string, string, readonly string[]]>([
    ["a value", "[metadata]\nname = demo\nversion = 1.0\n", ["1.0@3"]],
    ["a value on the next line, with CRLF", "[metadata]\r\nversion =\r\n    1.0\r\n", ["1.0@3"]],
    ["a colon", "[metadata]\nVersion: 1.0\n", ["1.0@2"]],
    ["bumpversion", "[bumpversion]\ncurrent_version = 1.0\n", ["1.0@2"]],
    ["another section", "[flake8]\nversion = 1.0\n", []],
  ])("%s", (_name, text, places) => {
    expect(found({ files: { "setup.cfg": text } })).toEqual(places)
  })
})

describe("setup.py", () => {
  test.each<[string, string, readonly string[]]>([
    ["a literal", "from setuptools import setup\nsetup(\n  name='demo',\n  version='1.0',\n)\n", ["1.0@4"]],
    ["a name", 'VERSION = "1.0"\nsetup(version=VERSION, name="demo")\n', ["1.0@1"]],
    ["a call", 'setup(version=read("x"), name="demo")\n', []],
    ["a docstring and a comment", '"""\nversion="0"\n"""\n# version="0"\nsetup(version = "1.0")\n', ["1.0@5"]],
  ])("%s", (_name, text, places) => {
    expect(found({ files: { "setup.py": text } })).toEqual(places)
  })
})

describe("Python modules", () => {
  test.each<[string, string, readonly string[]]>([
    ["single quotes", "__version__ = '1.0'\n", ["1.0@1"]],
    ["an annotation", '__version__: Final[str] = "1.0"  # note\n', ["1.0@1"]],
    ["a chain", '__version__ = VERSION = "1.0"\n', ["1.0@1"]],
    ["a tuple", "version_info = (1, 2, 3)\n", ["1, 2, 3@1"]],
    ["a tuple of more than numbers", 'version_info = (1, 2, 3, "final", 0)\n', []],
    ["CRLF", '"""x"""\r\n__version__ = "1.0"\r\n', ["1.0@2"]],
    ["a docstring", '"""\n__version__ = "0"\n"""\n__version__ = "1.0"\n', ["1.0@4"]],
    ["a fallback that is indented", 'try:\n    pass\nexcept E:\n    __version__ = "0"\n', []],
    ["code", '__version__ = version("demo")\n', []],
    ["a sum", '__version__ = "1.0" + suffix\n', []],
    ["no number", '__version__ = "unknown"\n', []],
    ["a name of somebody else's", 'version = "1.0"\n', []],
  ])("%s", (_name, text, places) => {
    expect(found({ files: { "src/demo/__init__.py": text } })).toEqual(places)
  })

  test.each(["_version", "__version__", "version", "__about__"])("%s.py may call it version", (name) => {
    expect(found({ files: { [`src/demo/${name}.py`]: 'version = "1.0"\n' } })).toEqual(["1.0@1"])
  })

  test("a module from which the package imports its version", () => {
    const files = {
      "src/demo/__init__.py": "from .package_data import __version__\n",
      "src/demo/package_data.py": '__version__ = "1.0"\n',
    }
    expect(found({ files })).toEqual(["1.0@1"])
  })
})

describe("lock files", () => {
  const lock = (source: string, version = '\nversion = "1.0"') =>
    `version = 1\nrevision = 3\n\n[[package]]\nname = "six"\nversion = "1.0"\nsource = { registry = "x" }\n\n[[package]]\nname = "demo"${version}\nsource = { ${source} }\n`
  test.each<[string, string, readonly string[]]>([
    ["the project itself", lock('editable = "."'), ["1.0@11"]],
    ["a project that is no package", lock('virtual = "."'), ["1.0@11"]],
    ["a package of the same name from the index", lock('registry = "x"'), []],
    ["another member of the workspace", lock('editable = "other"'), []],
    ["a dynamic version", lock('editable = "."', ""), []],
  ])("uv.lock: %s", (_name, text, places) => {
    expect(found({ files: { "uv.lock": text } })).toEqual(places)
  })

  test("names are compared as indexes do", () => {
    expect(found({ files: { "uv.lock": lock('editable = "."') }, subject: { name: "Demo" } })).toEqual(["1.0@11"])
  })

  test("Cargo.lock: the crate itself, where maturin reads its version", () => {
    const files = {
      "pyproject.toml": '[project]\nname = "demo"\ndynamic = ["version"]\n[build-system]\nbuild-backend = "maturin"\n',
      "Cargo.toml": '[package]\nname = "demo-rs"\nversion = "1.0.0"\n',
      "Cargo.lock":
        'version = 4\n[[package]]\nname = "x"\nversion = "1.0.0"\nsource = "r"\n[[package]]\nname = "demo-rs"\nversion = "1.0.0"\n',
    }
    expect(found({ files })).toEqual(["1.0.0@3", "1.0.0@8"])
  })

  test("poetry.lock has no version of the project", () => {
    expect(found({ files: { "poetry.lock": '[[package]]\nname = "demo"\nversion = "9"\n' } })).toEqual([])
  })
})

describe("files for others than Python", () => {
  test.each<[string, string, string, readonly string[]]>([
    [
      "CITATION.cff",
      "plain",
      "cff-version: 1.2.0\nversion: 1.0.0 # c\npreferred-citation:\n  version: 9\n",
      ["1.0.0@2"],
    ],
    ["CITATION.cff", "quoted, CRLF", 'title: x\r\nversion: "1.0.0"\r\n', ["1.0.0@2"]],
    ["docs/conf.py", "Sphinx", 'version = "1.0"\nrelease = "1.0.0"\n', ["1.0@1", "1.0.0@2"]],
    ["chart/Chart.yaml", "the only chart", "name: app\nversion: 9.9.9\nappVersion: '1.0.0'\n", ["1.0.0@3"]],
    ["Dockerfile", "an OCI label", 'FROM x\nLABEL a=b \\\n  org.opencontainers.image.version="1.0.0"\n', ["1.0.0@3"]],
    ["Dockerfile", "a plain label", "LABEL version=1.0.0 maintainer=me\n", ["1.0.0@1"]],
    ["Dockerfile", "the old form", "LABEL version 1.0.0\n", ["1.0.0@1"]],
    ["Dockerfile", "a variable", "ARG V\nLABEL version=$V\n", []],
    ["Dockerfile", "labels of others", "LABEL python.version=3.11\nENV version=2\n", []],
    ["docker/Dockerfile.prod", "a variant", "LABEL version='1.0.0'\n", ["1.0.0@1"]],
    ["PKG-INFO", "core metadata", "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n\nVersion: 9\n", ["1.0@3"]],
  ])("%s: %s", (file, _name, text, places) => {
    expect(found({ files: { [file]: text } })).toEqual(places)
  })

  test("of several charts, those of the project's name", () => {
    const files = {
      "charts/demo/Chart.yaml": "name: demo\nappVersion: 1.0.0\n",
      "charts/redis/Chart.yaml": "name: redis\nappVersion: 7.0.0\n",
    }
    expect(found({ files })).toEqual(["1.0.0@2"])
  })

  test("a chart of the tests is not the project's", () => {
    expect(found({ files: { "tests/data/Chart.yaml": "name: x\nappVersion: 9.0.0\n" } })).toEqual([])
  })

  test("a file that the settings name, wherever the pattern stands in it", () => {
    const files = { "deploy.yml": "image: app:1.0.0@sha\nother: lib:2\nagain: app:1.0.1" }
    expect(found({ files, settings: { files: [{ path: "deploy.yml", pattern: "app:{version}" }] } })).toEqual([
      "1.0.0@1",
      "1.0.1@3",
    ])
  })
})

describe("the head of a changelog", () => {
  test.each([
    ["CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-01-01\n\n## [1.1.0]\n", "1.2.0@5"],
    ["CHANGELOG.md", "# 1.2.0 (2026-01-01)\n", "1.2.0@1"],
    ["CHANGES.rst", "Version 1.2.0\n-------------\n\nReleased 2026\n\nVersion 1.1\n-----------\n", "1.2.0@1"],
    ["CHANGES.rst", "1.3.0 (unreleased)\n------------------\n\n1.2.0 (2026-01-01)\n------------------\n", "1.2.0@4"],
    ["CHANGES", "For a list see\n\n1.2.0 (2026-01-01)\n\n- 9.9 was bad\n", "1.2.0@3"],
    ["HISTORY.md", "## demo 1.2.0\n", "1.2.0@1"],
    ["NEWS", "Version 1.2.0.post1 (2026-01-01)\n====\n", "1.2.0.post1@1"],
  ])("%s %j", (file, text, head) => {
    expect(found({ files: { [file]: text } })).toEqual([head])
  })

  test("prose is no heading", () => {
    expect(found({ files: { "CHANGES.md": "Since 2.0 we do x.\n\n* 3.0 will come\n" } })).toEqual([])
  })
})
