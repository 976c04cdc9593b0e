import { expect, test } from "vitest"
import { refuseMetadata } from "../../src/project/refuse-metadata.js"

const at = (value: string) => ({ value, origin: { file: "pyproject.toml", line: 6 } })

test.each([
  [{ name: at("not a name!") }, "INVALID_NAME", 'pyproject.toml:6: "not a name!" is no name of a distribution'],
  [{ requiresPython: at("three") }, "INVALID_REQUIRES_PYTHON", 'requires-python "three" is no version specifier'],
  [{ requiresPython: at(">=4") }, "NO_KNOWN_PYTHON", 'requires-python ">=4" admits none of the Pythons 3.8 to 3.15'],
])("%j is refused as %s", (metadata, code, message) => {
  expect(() => refuseMetadata(metadata)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) }),
  )
})

test.each([">=3.9", ">=2.7, !=3.0.*, !=3.1.*, !=3.2.*", "~=3.11", ">=3.8,<4", "==3.12.*", ""])(
  "%j is what people write",
  (value) => {
    expect(() => refuseMetadata({ name: at("docopt-ng"), requiresPython: at(value) })).not.toThrow()
  },
)

test("what the metadata says of Python does not matter where a setting names them", () => {
  expect(() => refuseMetadata({ requiresPython: at(">=4") }, { pythons: ["3.13"] })).not.toThrow()
})
