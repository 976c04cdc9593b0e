import { expect, test } from "vitest"
import { requirementExtras, requirementName, requirementSpecifier } from "../../src/project/requirement.js"

test.each([
  ["Ruff==0.6.9", "ruff", [], "==0.6.9"],
  ["zope.interface >= 5, < 6 ; python_version < '3.9'", "zope-interface", [], ">=5,<6"],
  ["coverage[toml] ~= 7.0  # why", "coverage", ["toml"], "~=7.0"],
  ["pytest_xdist[psutil, x] == 1 --hash=sha256:00", "pytest-xdist", ["psutil", "x"], "==1"],
  ["mypy==1.9.0 \\", "mypy", [], "==1.9.0"],
  ["a @ https://example.org/a.whl", "a", [], ""],
  ["-r other.txt", undefined, [], undefined],
])("%s is read", (text, name, extras, specifier) => {
  expect(requirementName(text)).toBe(name)
  expect(requirementExtras(text)).toEqual(extras)
  if (specifier !== undefined) expect(requirementSpecifier(text)).toBe(specifier)
})
