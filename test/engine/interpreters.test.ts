import { describe, expect, test } from "vitest"
import { INTERPRETERS, interpreterTags, pythonVersion } from "../../engine/interpreters.js"

const by = (python: string) => INTERPRETERS.filter((image) => image.python === python)[0]

describe("interpreterTags", () => {
  test("give each image Docker's names", () => {
    const image = by("3.9")
    expect(image && interpreterTags(image, INTERPRETERS)).toEqual(["3.9-slim", "3.9-slim-bullseye"])
  })

  test("let the newest stable one be the default, not the one of Debian's testing", () => {
    const tags = INTERPRETERS.filter((image) => interpreterTags(image, INTERPRETERS).includes("slim"))
    expect(tags.map(({ python }) => python)).toEqual(["3.13"])
  })
})

describe("pythonVersion", () => {
  const status = `Package: python3-minimal
Status: install ok installed
Version: 3.11.2-1+b1

Package: python3.11-minimal
Status: install ok installed
Source: python3.11
Version: 3.11.2-6+deb12u6
Depends: libc6
`
  test("reads the interpreter's own version, without Debian's suffix", () => {
    expect(pythonVersion(status, "3.11")).toBe("3.11.2")
  })

  test("gives nothing for an interpreter that is not installed", () => {
    expect(pythonVersion(status, "3.12")).toBeUndefined()
  })
})
