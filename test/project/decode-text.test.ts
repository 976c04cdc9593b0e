import { describe, expect, it, test } from "vitest"
import { declaredEncoding, decodeText, undecodableByte } from "../../src/project/decode-text.js"
import { inspectProject } from "../../src/project/inspect.js"
import { memoryFiles } from "./memory-files.js"

const latin1 = (text: string) => Buffer.from(text, "latin1")

test.each([
  ["# -*- coding: latin-1 -*-\nx", "latin1"],
  ["#!/usr/bin/env python\n# vim: set fileencoding=cp1251 :\n", "windows-1251"],
  ["# coding: ISO_8859_15\r\nx", "iso-8859-15"],
  ["# -*- coding: utf-8 -*-\nx", undefined],
  ["x = 1\n# coding: latin-1\n", undefined],
  ["\n\n# coding: latin-1\n", undefined],
  ["x = 'coding: latin-1'\n", undefined],
  ["", undefined],
])("%j declares %s", (text, encoding) => {
  expect(declaredEncoding(text)).toBe(encoding)
})

describe("decodeText", () => {
  it("reads a Python source as it declares itself", () => {
    const bytes = latin1("# -*- coding: latin-1 -*-\nNAME = 'Müller'\n")
    expect(decodeText(bytes, { path: "a.py" })).toContain("Müller")
    expect(decodeText(bytes, { path: "setup.cfg" })).toBeUndefined()
  })

  it.each([
    ["nothing is declared", latin1("NAME = 'Müller'\n")],
    ["nobody knows the encoding", latin1("# coding: no-such-thing\nNAME = 'Müller'\n")],
  ])("gives nothing where %s", (_, bytes) => {
    expect(decodeText(bytes, { path: "a.py" })).toBeUndefined()
  })

  it("cuts off a byte order mark unless it is to be kept", () => {
    const bytes = Buffer.from("\ufeffx")
    expect(decodeText(bytes, { path: "VERSION" })).toBe("x")
    expect(decodeText(bytes, { path: "VERSION", marks: "kept" })).toBe("\ufeffx")
  })
})

test.each([
  ["a\nb\nM\u00fcller\n", { line: 3, byte: 0xfc }],
  ["\u00fc", { line: 1, byte: 0xfc }],
  ["plain\n", undefined],
])("the first byte of %j that is no UTF-8 is named", (text, found) => {
  expect(undecodableByte(latin1(text))).toEqual(found)
})

test("a line with good letters before the bad byte names the bad one", () => {
  expect(undecodableByte(Buffer.concat([Buffer.from("ok\nü: "), latin1("ß")]))).toEqual({ line: 2, byte: 0xdf })
})

test.each(["setup.cfg", "pyproject.toml", "setup.py"])(
  "%s that can't be read is refused, with the reason",
  async (path) => {
    const files = {
      ...memoryFiles({ "x/__init__.py": "", "setup.py": "" }),
      list: async () => ["setup.py", path],
      read: async (asked: string) => (asked === path ? undefined : ""),
      whyUnread: async () => "it is not UTF-8: byte 0xfc on line 4",
    }
    await expect(inspectProject(files)).rejects.toMatchObject({
      code: "UNREADABLE_FILE",
      message: expect.stringMatching(`^${path} .*byte 0xfc on line 4`),
      next: expect.stringContaining("UTF-8"),
    })
  },
)
