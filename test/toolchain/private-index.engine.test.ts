import { dag, type Service } from "@dagger.io/dagger"
import { afterAll, beforeAll, expect, test } from "vitest"
import { createToolchain } from "../../src/toolchain/create-toolchain.js"
import { classifyThrown } from "../../src/toolchain/thrown.js"
import { pinOf } from "../../src/toolchain/tools.js"
import { openEngine } from "../engine-session.js"
import { INDEX_LOGIN, startPrivateIndex } from "../private-index/start.js"

let engine: Awaited<ReturnType<typeof openEngine>>
let service: Service
let url: string

beforeAll(async () => {
  engine = await openEngine()
  const started = await startPrivateIndex()
  service = started.service
  url = `${started.host}/simple/`
})
afterAll(async () => {
  await service?.stop()
  await engine?.close()
})

function environmentFrom(credential: string) {
  const settings = { python: {}, index: { url, credential: "INDEX" } }
  const secret = (name: string) => dag.setSecret(name, credential)
  const nonce = `${process.pid}-${Date.now()}`
  return createToolchain({ dag, settings, secret, nonce }).environment({
    python: "3.11",
    tools: [pinOf("ruff"), "six==1.16.0"],
  })
}

test("a private index gives its packages to who has the credential, and the environment keeps nothing of it", async () => {
  const look =
    "ruff --version; python -c 'import six; print(six.__version__)'; env | grep -c -i -e index -e s3cret; true"
  const said = await environmentFrom(INDEX_LOGIN).withExec(["sh", "-c", look]).stdout()
  expect(said).toBe(`${pinOf("ruff").replace("==", " ")}\n1.16.0\n0\n`)
})

test("a wrong credential is told by the address that refused it, without the credential", async () => {
  const thrown: unknown = await environmentFrom("joe:wrong-password")
    .sync()
    .catch((error: unknown) => error)
  const told = classifyThrown(thrown)
  expect(told).toMatchObject({ cause: "install", reason: expect.stringContaining("refuses us: 401") })
  expect(JSON.stringify(told)).not.toContain("wrong-password")
})
