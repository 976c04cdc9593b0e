import { expect, test } from "vitest"
import { limit } from "../../engine/limit.js"

test("at most as many run at once as are allowed, and all are run in order", async () => {
  const lane = limit(2)
  const started: number[] = []
  let running = 0
  let most = 0
  const work = (id: number) => async () => {
    started.push(id)
    running++
    most = Math.max(most, running)
    await new Promise((resolve) => setTimeout(resolve, 5))
    running--
    return id
  }
  const results = await Promise.all([1, 2, 3, 4, 5].map((id) => lane(work(id))))
  expect([results, started, most]).toEqual([[1, 2, 3, 4, 5], [1, 2, 3, 4, 5], 2])
})

test("work that fails makes room for the next", async () => {
  const lane = limit(1)
  const failed = lane(() => Promise.reject(new Error("no")))
  const next = lane(() => Promise.resolve("yes"))
  await expect(failed).rejects.toThrow("no")
  expect(await next).toBe("yes")
})
