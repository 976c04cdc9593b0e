import { expect, test } from "vitest"
import type { Change } from "../../../src/release/commits/change.js"
import { withoutReverted } from "../../../src/release/commits/reverts.js"

/** Newest first: `b>a` is a change `b` that takes `a` back. */
function left(...written: readonly string[]): readonly string[] {
  const changes = written.map((text): Change => {
    const [name = "", ...targets] = text.split(/[>,]/)
    const hash = name.padEnd(40, "0")
    const reverts = targets.map((target) => (target.length < 7 ? target.padEnd(40, "0") : target))
    return { hash, type: "feat", scope: null, subject: name, breaking: [], references: [], reverts, author: null }
  })
  return withoutReverted(changes).map(({ subject }) => subject)
}

test.each<[string, readonly string[], readonly string[]]>([
  ["nothing is taken back", ["b", "a"], ["b", "a"]],
  ["a change and its revert", ["r>a", "b", "a"], ["b"]],
  ["a revert of what is not here stays", ["r>f", "a"], ["r", "a"]],
  ["a revert of a revert puts the change back", ["s>r", "r>a", "a"], ["a"]],
  ["and taking that back again takes it away", ["t>s", "s>r", "r>a", "a"], []],
  ["several at once", ["r>a,b", "b", "a"], []],
  ["one of several is not here", ["r>a,f", "a"], ["r", "a"]],
  ["a shortened hash", ["r>a000000", "a"], []],
  ["a shortened hash of two commits", ["r>abcdef0", "abcdef01", "abcdef02"], ["r", "abcdef01", "abcdef02"]],
  ["twice over", ["s>a", "r>a", "a"], []],
  ["itself", ["r>r"], ["r"]],
])("%s", (_, written, expected) => {
  expect(left(...written)).toEqual(expected)
})
