import { expect, test } from "vitest"
import { shownPaths } from "../../src/project/shown-paths.js"

const PATHS = [
  "pyproject.toml",
  "src/a/x.py",
  "src/a/x.pyi",
  "src/b.txt",
  "tests/conftest.py",
  "tests/data/1.json",
  ".venv/lib/x.py",
]

test.each([
  ["everything", [], [], PATHS],
  ["a file at the top", ["pyproject.toml"], [], ["pyproject.toml"]],
  ["files of a kind anywhere", ["**/*.py"], ["**/.venv"], ["src/a/x.py", "tests/conftest.py"]],
  ["a folder by its name", ["tests"], [], ["tests/conftest.py", "tests/data/1.json"]],
  ["a folder with a slash at either end", ["/tests/"], [], ["tests/conftest.py", "tests/data/1.json"]],
  ["a folder less what is in it", ["src/**"], ["src/a"], ["src/b.txt"]],
  ["what is taken back", ["src/**", "!src/a/*.py"], [], ["src/a/x.pyi", "src/b.txt"]],
  [
    "what is excluded but for one",
    ["tests/**"],
    ["tests/data/**", "!tests/data/1.json"],
    ["tests/conftest.py", "tests/data/1.json"],
  ],
  ["a star that stops at slashes", ["src/*"], [], ["src/a/x.py", "src/a/x.pyi", "src/b.txt"]],
])("%s", (_, include, exclude, expected) => {
  expect(shownPaths(PATHS, { include, exclude })).toEqual(expected)
})
