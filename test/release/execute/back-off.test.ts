import { expect, it } from "vitest"
import { delayOf } from "../../../src/release/execute/back-off.js"

it.each([
  [{ attempt: 1, random: 0 }, 500],
  [{ attempt: 2, random: 0 }, 1_000],
  [{ attempt: 3, random: 0.5 }, 3_000],
  [{ attempt: 20, random: 0 }, 30_000],
  [{ attempt: 1, random: 0, retryAfter: 90 }, 90_000],
  [{ attempt: 1, random: 0.5, retryAfter: 90 }, 90_250],
])("after %j it waits %i ms", (given, milliseconds) => {
  expect(delayOf(given)).toBe(milliseconds)
})
