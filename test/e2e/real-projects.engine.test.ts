import { expect, test } from "vitest"
import { compareCounts } from "./compare-counts.js"
import { SAMPLES } from "./sample-projects.js"

/** The others are a proof. */
const SHORT = SAMPLES.filter(({ name }) => /^(?:itsdangerous|pluggy) /.test(name))

test.each(SHORT)("on $name every count is what the plain tools print", async (sample) => {
  const { quillon, plain } = await compareCounts(sample, ["3.11"])
  expect(quillon).toEqual(plain)
  expect(plain.pytest["3.11"]?.passed).toBeGreaterThan(100)
})
