import { expect, test } from "vitest"
import { composeCapsule, type RequirementsText } from "../../src/capsule/compose-capsule.js"
import { readCapsule } from "../../src/capsule/read-capsule.js"
import { capsule, capsuleParts } from "./capsules.js"

const requirements = (file: string, text: string, of: RequirementsText["of"] = "project") => ({
  ...{ address: of === "build" ? "build" : "resolve@3.13", file, text, of },
})

test("requirements stand by the cell that gave them, those of the build apart", () => {
  const texts = [requirements("test.txt", "pytest==9"), requirements("build-requirements.txt", "flit==3", "build")]
  expect(composeCapsule(capsuleParts({ texts }), [])).toMatchObject({
    requirements: { "resolve@3.13": { "test.txt": "pytest==9" } },
    buildRequirements: { build: { "build-requirements.txt": "flit==3" } },
    withoutRequirements: [],
  })
})

test("what is too long is left out by name: the build's and the tests' are kept before others", () => {
  const long = "x".repeat(2 * 1024 * 1024)
  const texts = [requirements("runtime.txt", long), requirements("test.txt", long)]
  const composed = composeCapsule(capsuleParts({ texts }), [])
  expect(Object.keys(composed.requirements["resolve@3.13"] ?? {})).toEqual(["test.txt"])
  expect(composed.withoutRequirements).toEqual(["resolve@3.13/runtime.txt"])
})

test("what is written is read back the same", () => {
  const written = capsule({
    cells: [{ address: "lint", outcome: "passed", environment: [], secrets: [], commands: [] }],
  })
  expect(readCapsule(JSON.stringify(written), "capsule.json")).toEqual(written)
})

test("keys of a later writer are passed over", () => {
  const text = JSON.stringify({ ...capsule(), later: 1 })
  expect(readCapsule(text, "capsule.json").id).toBe(capsule().id)
})

test.each([
  [
    "of a newer version",
    { ...capsule(), schema: 2, quillon: "3.0.0" },
    "CAPSULE_TOO_NEW",
    "npx quillon@3.0.0 debug a.zip",
  ],
  [
    "of a newer version with a hostile name",
    { schema: 2, quillon: "3.0.0; rm -rf /" },
    "CAPSULE_TOO_NEW",
    "npx quillon@latest debug a.zip",
  ],
  ["that is something else", { name: "x" }, "UNREADABLE_CAPSULE", "download it again, or make one with: quillon ci"],
  ["without its cells", { ...capsule(), cells: undefined }, "UNREADABLE_CAPSULE", expect.stringContaining("download")],
])("a capsule %s is refused with the next thing to type", (_, value, code, next) => {
  expect(() => readCapsule(JSON.stringify(value), "a.zip")).toThrow(expect.objectContaining({ code, next }))
})

test("a file that is no JSON is refused", () => {
  expect(() => readCapsule("<html>", "a.json")).toThrow(/a\.json: it is no JSON/)
})
