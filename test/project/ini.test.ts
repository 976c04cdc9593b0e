import { expect, test } from "vitest"
import { listLines, listWords, readIni } from "../../src/project/ini.js"

const TEXT = `[metadata]
name = demo
; a comment
Long_Description: file: README

[options]
install_requires =
    a>=1  # why
    # nothing
    b; python_version < "3.9"

[tool:pytest]
testpaths = tests  more
`

test("values, continuation lines and sections are read as configparser does", () => {
  const ini = readIni(TEXT, "setup.cfg")
  expect(ini.get("metadata", "name")).toBe("demo")
  expect(ini.get("metadata", "long_description")).toBe("file: README")
  expect(listLines(ini.get("options", "install_requires"))).toEqual(["a>=1", 'b; python_version < "3.9"'])
  expect(listWords(ini.get("tool:pytest", "testpaths"))).toEqual(["tests", "more"])
  expect(ini.sections).toEqual(["metadata", "options", "tool:pytest"])
})

test("a key's origin is its line, and its section's where it is absent", () => {
  const ini = readIni(TEXT, "setup.cfg")
  expect(ini.origin("options", "install_requires")).toEqual({ file: "setup.cfg", line: 7 })
  expect(ini.origin("options", "packages")).toEqual({ file: "setup.cfg", line: 6 })
  expect(ini.origin("nothing")).toEqual({ file: "setup.cfg" })
})

test("Windows line ends change nothing", () => {
  const ini = readIni(TEXT.replaceAll("\n", "\r\n"), "setup.cfg")
  expect(ini.get("metadata", "name")).toBe("demo")
  expect(listLines(ini.get("options", "install_requires"))[0]).toBe("a>=1")
})
