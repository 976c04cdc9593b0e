import { expect, it } from "vitest"
import { newerHolder } from "../../../src/release/execute/floating.js"

it.each([
  ["latest", "1.3.0", [], undefined],
  ["latest", "1.3.0", ["1.2.0", "latest"], undefined],
  ["latest", "1.3.0", ["1.3.0"], undefined],
  ["latest", "1.3.0", ["2.0.0", "1.10.0"], "2.0.0"],
  ["latest", "1.3.0", ["2.0.0-rc.1"], undefined],
  ["1", "1.3.0", ["2.0.0", "1.2.9"], undefined],
  ["1", "1.3.0", ["1.10.0", "1.9.0"], "1.10.0"],
  ["1.3", "1.3.0", ["1.3.1", "1.10.0"], "1.3.1"],
  ["1.3", "1.3.0", ["1.30.0", "v1.3.9", "nightly"], undefined],
])("the tag %s, wanted by %s, in a repository with %j, belongs to %s", (tag, version, held, newer) => {
  expect(newerHolder(tag, version, held)).toBe(newer)
})
