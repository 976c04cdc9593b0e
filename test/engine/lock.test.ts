import { spawn } from "node:child_process"
import { randomUUID } from "node:crypto"
import { once } from "node:events"
import { expect, test } from "vitest"
import { takeLock } from "../../engine/lock.js"

const request = (instance: string, waited: string[] = []) => ({
  instance,
  holder: { pid: process.pid, doing: "quillon engine up" },
  onWait: ({ doing, pid }: { doing: string; pid: number }) => waited.push(`${doing} ${pid}`),
})

test("the second waits for the first, and is told for whom", async () => {
  const instance = randomUUID()
  const waited: string[] = []
  const order: string[] = []
  const first = await takeLock(request(instance))
  const second = takeLock(request(instance, waited)).then((lock) => {
    order.push("second")
    return lock
  })
  await new Promise((resolve) => setTimeout(resolve, 100))
  order.push("release")
  await first.release()
  await (await second).release()
  expect(order).toEqual(["release", "second"])
  expect(waited).toEqual([`quillon engine up ${process.pid}`])
})

test("engines of different caches do not wait for each other", async () => {
  const locks = await Promise.all([takeLock(request(randomUUID())), takeLock(request(randomUUID()))])
  await Promise.all(locks.map((lock) => lock.release()))
})

test("a holder that is killed leaves nothing to clean", async () => {
  const instance = randomUUID()
  const script = `require("node:net").createServer().listen("\\0quillon-engine-${instance}", () => console.log("held"))`
  const holder = spawn(process.execPath, ["-e", script])
  await once(holder.stdout, "data")
  const lock = takeLock(request(instance))
  holder.kill("SIGKILL")
  await (await lock).release()
})

test("who is interrupted while waiting stops waiting", async () => {
  const instance = randomUUID()
  const first = await takeLock(request(instance))
  const stop = new AbortController()
  const second = takeLock({ ...request(instance), signal: stop.signal })
  stop.abort()
  await expect(second).rejects.toThrow()
  await first.release()
})
