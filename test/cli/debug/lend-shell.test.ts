import { expect, test } from "vitest"
import { lendShell } from "../../../cli/debug/lend-shell.js"
import { type Call, lazyObject } from "../../toolchain/lazy-client.js"

const to = { address: "image", command: "start" }

function lend(answers: Parameters<typeof lazyObject>[1]) {
  const calls: Call[] = []
  const dag = lazyObject(calls, answers)
  const shell = lendShell(dag, { container: lazyObject(calls, answers), argv: ["true"], address: "image" }, to)
  return { calls, shell }
}

const failing = (message: string) => ({
  start: () => {
    throw new Error(message)
  },
})

test("a shell is lent at the tunnel's port, for a token that was never used", async () => {
  const endpoint = () => "localhost:40123"
  const first = lend({ endpoint })
  const second = lend({ endpoint })
  const [one, two] = [await first.shell, await second.shell]
  expect(one.port).toBe(40123)
  expect(one.token).toMatch(/^[0-9a-f]{64}$/)
  expect(one.token).not.toBe(two.token)
  const [[, name, value] = []] = first.calls.filter(([method]) => method === "setSecret")
  expect(value).toBe(one.token)
  expect(name).not.toContain(one.token)
})

test("leaving ends the tunnel and the container, and what is gone already is no trouble", async () => {
  const { calls, shell } = lend({ endpoint: () => "localhost:1", stop: () => Promise.reject(new Error("gone")) })
  await (await shell).close()
  expect(calls.filter(([method]) => method === "stop")).toHaveLength(2)
})

test("a container without Python is named, with Dagger's own line", async () => {
  const { shell } = lend(failing('exec: "python3": executable file not found in $PATH'))
  await expect(shell).rejects.toMatchObject({
    code: "NO_PYTHON",
    next: "dagger call shell --stage image --command start terminal",
  })
})

test("another trouble is told as the engine told it", async () => {
  const { shell } = lend(failing("the disk is on fire"))
  await expect(shell).rejects.toMatchObject({
    code: "CONTAINER_NOT_STARTED",
    message: "the container of image (start) could not be started: the engine: the disk is on fire",
  })
})
