import { expect, test } from "vitest"
import { applyEdits } from "../../../src/release/version/edits.js"
import { readFromMetadata } from "../../../src/release/version/metadata-source.js"

const edited = (text: string) => {
  const edits = readFromMetadata({ file: "a.py", text, distribution: "demo" })
  return new TextDecoder().decode(applyEdits(new TextEncoder().encode(text), edits))
}

test.each([
  ['"""x"""\n__version__ = "1.0"  # v\n', '"""x"""\nIMPORT\n\n__version__ = _version("demo")  # v\n'],
  ["__version__: str = u'1.0'\r\n", 'IMPORT\r\n\r\n__version__: str = _version("demo")\r\n'],
])("%j", (text, expected) => {
  expect(edited(text)).toBe(expected.replace("IMPORT", "from importlib.metadata import version as _version"))
})

test.each(['__version__ = "1.0"\nif x:\n    pass\n__version__ = "1.1"\n', "version = '1'\n", "__version__ = f()\n"])(
  "%j is refused",
  (text) => {
    expect(() => edited(text)).toThrow(expect.objectContaining({ code: "CANT_READ_METADATA" }))
  },
)
