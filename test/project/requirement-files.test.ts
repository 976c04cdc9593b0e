import { expect, test } from "vitest"
import { isPinned, requirementsFiles, withIncluded } from "../../src/project/requirement-files.js"
import { snapshotOf } from "./snapshot-of.js"

test.each([
  ["requirements.txt", "runtime"],
  ["requirements/base.txt", "runtime"],
  ["requirements/prod.txt", "runtime"],
  ["requirements-dev.txt", "dev"],
  ["dev-requirements.txt", "dev"],
  ["requirements/tests.txt", "test"],
  ["test-requirements.txt", "test"],
  ["requirements_test.txt", "test"],
  ["tests/requirements.txt", "test"],
  ["requirements/typing.txt", "types"],
  ["requirements/docs.txt", "other"],
  ["requirements/test-docs.txt", "other"],
  ["constraints.txt", "constraints"],
  ["requirements-py39.txt", "other"],
])("%s is meant for %s", async (path, purpose) => {
  expect(requirementsFiles(await snapshotOf({}, [path]))).toEqual([{ path, purpose }])
})

test("of a source and what was compiled from it, the compiled one is taken", async () => {
  const snapshot = await snapshotOf({}, ["requirements/tests.in", "requirements/tests.txt", "requirements/dev.in"])
  expect(requirementsFiles(snapshot).map(({ path }) => path)).toEqual(["requirements/dev.in", "requirements/tests.txt"])
})

test("texts that are no requirements are passed over", async () => {
  expect(requirementsFiles(await snapshotOf({}, ["notes.txt", "MANIFEST.in", "robots.txt"]))).toEqual([])
})

test("included files come along, relative to the file that includes them, a circle included", async () => {
  const snapshot = await snapshotOf({
    "requirements/dev.txt": "-r base.txt\n--constraint ../constraints.txt\n",
    "requirements/base.txt": "-r dev.txt\nflask",
    "constraints.txt": "",
  })
  expect(withIncluded(snapshot, ["requirements/dev.txt"])).toEqual([
    "requirements/dev.txt",
    "requirements/base.txt",
    "constraints.txt",
  ])
})

test.each([
  ["flask==3.0\nclick[x]==8.1 ; python_version > '3'\n", true],
  ["# c\n--index-url https://example.org\nflask==3.0 \\\n  --hash=sha256:00\n", true],
  ["flask==3.*\n", false],
  ["flask>=3\n", false],
  ["flask\n", false],
  ["", false],
])("%j is a lock: %s", (text, expected) => {
  expect(isPinned(text)).toBe(expected)
})
