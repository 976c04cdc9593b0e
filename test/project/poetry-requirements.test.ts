import { expect, test } from "vitest"
import { poetryRequirements } from "../../src/project/poetry-requirements.js"
import { poetrySpecifier } from "../../src/project/poetry-specifier.js"
import { asTable, readToml } from "../../src/project/toml.js"

test.each([
  ["^1.2.3", ">=1.2.3,<2"],
  ["^0.2.3", ">=0.2.3,<0.3"],
  ["^0.0.3", ">=0.0.3,<0.0.4"],
  ["^0", ">=0,<1"],
  ["^3.9", ">=3.9,<4"],
  ["~1.2.3", ">=1.2.3,<1.3"],
  ["~1", ">=1,<2"],
  ["~=1.4", "~=1.4"],
  ["1.2", "==1.2"],
  ["1.2.*", "==1.2.*"],
  [">=1,<3", ">=1,<3"],
  [">=3.8, <4.0", ">=3.8,<4.0"],
  ["^3.8, !=3.9.7", ">=3.8,<4,!=3.9.7"],
  ["*", ">=0"],
])("poetry's %s means %s", (poetry, pep440) => {
  expect(poetrySpecifier(poetry)).toBe(pep440)
})

test.each([
  ['a = "*"', ["a"]],
  ['a = "^1"', ["a>=1,<2"]],
  ['python = "^3.9"\na = "1"', ["a==1"]],
  ['a = { version = "^1", extras = ["x", "y"] }', ["a[x,y]>=1,<2"]],
  ['a = { version = "*", optional = true }', []],
  ['a = { version = "*", python = ">=3.9,<3.12" }', ['a ; python_version >= "3.9" and python_version < "3.12"']],
  [`a = { version = "2", markers = "sys_platform == 'linux' or extra" }`, ["a==2 ; sys_platform == 'linux' or extra"]],
  ['a = { git = "https://example.org/a.git", tag = "v1" }', ["a @ git+https://example.org/a.git@v1"]],
  ['a = { url = "https://example.org/a.whl" }', ["a @ https://example.org/a.whl"]],
  ['a = { path = "../a" }', []],
  [
    'a = [{ version = "1", python = "<3.9" }, { version = "2", python = ">=3.9" }]',
    ['a==1 ; python_version < "3.9"', 'a==2 ; python_version >= "3.9"'],
  ],
])("the table %s is %j", (text, expected) => {
  expect(poetryRequirements(asTable(readToml(text, "f").table)).map((each) => each.text)).toEqual(expected)
})
