import { availableParallelism } from "node:os"
import { beforeAll, describe, expect, test } from "vitest"
import { type Comparison, compareCounts } from "./compare-counts.js"
import { cellOf } from "./quillon.js"
import { SAMPLES, type Sample } from "./sample-projects.js"

/** By name of the project; the slow ones begin first, and no more at once than the machine has cores. */
const compared = new Map<string, Promise<Comparison>>()

beforeAll(async () => {
  const waiting = [...SAMPLES].sort((a, b) => weight(b) - weight(a))
  const work = async () => {
    for (let sample = waiting.shift(); sample !== undefined; sample = waiting.shift()) {
      const comparison = compareCounts(sample)
      compared.set(sample.name, comparison)
      await comparison.catch(() => {})
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
})

/** attrs has the longest tests, the others the more the more interpreters. */
function weight({ name, pythons }: Sample): number {
  return name.startsWith("attrs") ? 10 : pythons.length
}

describe.each(SAMPLES)("$name", ({ name, covered }) => {
  const counted = () => compared.get(name) as Promise<Comparison>

  test("pytest's counts on each Python are those of a plain virtual environment", async () => {
    const { quillon, plain } = await counted()
    expect(quillon.pytest).toEqual(plain.pytest)
  })

  test("so are the counts of ruff, mypy and bandit", async () => {
    const { quillon, plain } = await counted()
    expect([quillon.ruff, quillon.mypy, quillon.bandit]).toEqual([plain.ruff, plain.mypy, plain.bandit])
  })

  test("so are the names of the wheels, but for the platform that they are good for", async () => {
    const { quillon, plain } = await counted()
    const withoutPlatform = (names: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(names).map(([python, name]) => [python, name.replace(/-[^-]+\.whl$/, "")]))
    expect(withoutPlatform(quillon.wheels)).toEqual(withoutPlatform(plain.wheels))
  })

  test.runIf(covered)("so is the number of lines that the tests cover", async () => {
    const { quillon, plain } = await counted()
    expect(quillon.coverage).toEqual(plain.coverage)
  })
})

test("the application's image is built from its Dockerfile and started", async () => {
  const { report } = await (compared.get("guestbook") as Promise<Comparison>)
  const { outcome, measures } = cellOf(report, "image")
  expect(outcome).toBe("passed")
  expect(measures.started).toMatch(/^python -m guestbook: it listens on port 8000/)
  expect(measures).toMatchObject({ user: "1000", labels: { "org.opencontainers.image.version": "2.0.1" } })
})
