import { expect, test } from "vitest"
import { complain } from "../../cli/complain.js"
import { QuillonError } from "../../src/errors.js"

function complaintOf(error: unknown): string {
  const parts: string[] = []
  complain({ stderr: { write: (part: string) => parts.push(part) }, colour: false } as never, error)
  return parts.join("")
}

test("a designed error is its message and the next step", () => {
  const error = new QuillonError({ code: "X", message: "no such tag: v1", next: "git tag", kind: "usage" })
  expect(complaintOf(error)).toBe("error: no such tag: v1\n next: git tag\n")
})

test("a container that could not be set up is told by what it said, not by a stack", () => {
  const error = Object.assign(new Error("exit code: 1"), {
    code: "D109",
    cmd: ["python3", "/make/packages.py", "git"],
    exitCode: 1,
    stderr: "packages.py: E: Unable to locate package git",
    stdout: "",
  })
  const said = complaintOf(error)
  expect(said).toMatch(/^error: .*\n {2}packages\.py: E: Unable to locate package git\n next: /)
  expect(said).not.toContain("bug in quillon")
})

test.each([
  ["a bug", new TypeError("x is not a function")],
  ["a file of our own that is not there", Object.assign(new Error("no such file"), { code: "ENOENT" })],
  ["a query that the engine does not know", Object.assign(new Error("Cannot query field"), { code: "D100" })],
])("%s is told with its stack", (_, error) => {
  expect(complaintOf(error)).toMatch(/^bug in quillon: .*\n {4}at /)
})
