import { expect, test } from "vitest"
import { correctionOf } from "../../../src/release/version/correction.js"

test.each([
  ["VERSION", "1.2.0", "printf '1.2.0\\n' > VERSION"],
  ["VERSION", "1!2.0.post1 \n\n", "printf '1!2.0.post1\\n' > VERSION"],
  ["VERSION", "1.2.0\n1.3.0", "printf '1.2.0\\n' > VERSION"],
  ["VERSION", "banana", "correct VERSION:1"],
  ["VERSION", "1.0';id;'", "correct VERSION:1"],
  ["VERSION", "", "correct VERSION:1"],
  ["pyproject.toml", "1.2.0", "correct pyproject.toml:1"],
])("%s with %j: %s", (file, text, next) => {
  expect(correctionOf({ file, text, line: 1 })).toBe(next)
})
