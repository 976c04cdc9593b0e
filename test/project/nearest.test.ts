import { expect, test } from "vitest"
import { distance, nearest } from "../../src/project/nearest.js"

test.each([
  ["", "abc", 3],
  ["test", "test", 0],
  ["tset", "test", 1],
  ["tests", "test", 1],
  ["kitten", "sitting", 3],
])("from %j to %j it takes %i edits", (a, b, edits) => {
  expect(distance(a, b)).toBe(edits)
})

test.each([
  ["minimun", "minimum"],
  ["Versions", "versions"],
  ["vresions", "versions"],
  ["entirely-else", undefined],
])("nearest to %s is %s", (word, expected) => {
  expect(nearest(word, ["minimum", "versions", "default"])).toBe(expected)
})
