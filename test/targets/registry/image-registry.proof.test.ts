import { randomUUID } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { dag, type Service } from "@dagger.io/dagger"
import bcrypt from "bcryptjs"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import {
  BACKEND_PORT,
  imageRegistry,
  registryContainer,
  SERVE_REGISTRY,
  tunnelTo,
} from "../../../rehearsal/backends.js"
import { createFaults } from "../../../rehearsal/faults/fault.js"
import { withFaults } from "../../../rehearsal/faults/fault-proxy.js"
import { openRequestLog } from "../../../rehearsal/faults/request-log.js"
import { forwardTo } from "../../../rehearsal/http/forward.js"
import { listen } from "../../../rehearsal/http/listen.js"
import { createAsk } from "../../../src/targets/http/exchange.js"
import { createImageRegistry } from "../../../src/targets/registry/image-registry.js"
import { createToolchain } from "../../../src/toolchain/create-toolchain.js"
import { openEngine } from "../../engine-session.js"
import { describeRegistryContract } from "../contract/image-registry.js"
import { meddleWith } from "../rehearsed.js"
import { smallImages } from "./small-image.js"

const PASSWORD = "a-password-that-stands-nowhere"

let engine: Awaited<ReturnType<typeof openEngine>>
let service: Service
let upstream: string
let count = 0

beforeAll(async () => {
  engine = await openEngine()
  const settings = { python: {} }
  const volumes = `quillon-test-registry-${process.pid}`
  service = imageRegistry({ dag, settings, volumes }, `me:${bcrypt.hashSync(PASSWORD, 4)}\n`)
  upstream = await tunnelTo(dag, service)
})
afterAll(() => engine?.close())

async function start(password = PASSWORD, at = () => upstream) {
  count += 1
  const folder = mkdtempSync(join(tmpdir(), "quillon-registry-"))
  const faults = createFaults()
  const log = openRequestLog(join(folder, "requests.jsonl"), Date.now)
  const server = await listen(withFaults(forwardTo(at), { faults, log }))
  const { digests, source } = smallImages(`first ${count}`, `second ${count}`)
  const registry = createImageRegistry({
    ask: createAsk(fetch),
    source,
    name: "registry.example/me/engine",
    base: `http://127.0.0.1:${server.port}`,
    repository: `me/engine-${count}`,
    credentials: async () => ({ user: "me", password }),
  })
  return {
    ...meddleWith({
      faults,
      log,
      writes: { methods: ["PUT"], target: /\/manifests\// },
      looks: { methods: ["GET", "HEAD"], target: /\/manifests\// },
      hidden: 403,
    }),
    registry,
    repository: `me/engine-${count}`,
    log,
    images: digests as unknown as readonly [string, string],
    async close() {
      await server.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** A registry on a disk that takes a few bytes and no more. */
function fullRegistry(): Service {
  const parts = { dag, settings: { python: {} }, volumes: `quillon-test-full-${process.pid}` }
  return registryContainer(parts, `me:${bcrypt.hashSync(PASSWORD, 4)}\n`)
    .withUser("root")
    .withoutMount("/registry")
    .withMountedTemp("/registry", { size: 4096 })
    .asService({ args: SERVE_REGISTRY })
}

/** What Debian's skopeo, which knows nothing of us, says of an image in the registry. */
async function skopeo(reference: string): Promise<unknown> {
  const host = `registry:${BACKEND_PORT}`
  const auth = Buffer.from(`me:${PASSWORD}`).toString("base64")
  const container = createToolchain({ dag, settings: { python: {} } })
    .environment({ python: "3.13", apt: ["skopeo"] })
    .withServiceBinding("registry", service)
    .withNewFile("/tmp/auth.json", JSON.stringify({ auths: { [host]: { auth } } }))
    .withEnvVariable("NONCE", randomUUID())
  const options = ["--authfile", "/tmp/auth.json", "--tls-verify=false"]
  const said = await container.withExec(["skopeo", "inspect", ...options, `docker://${host}/${reference}`]).stdout()
  return JSON.parse(said)
}

describeRegistryContract("the registry client against Debian's docker-registry", start)

describe("the registry client", () => {
  test("sends no part of an image again that the registry has", async () => {
    const { registry, images, log, close } = await start()
    await registry.images.apply({ digest: images[0] })
    const sent = log.read().length
    await registry.images.apply({ digest: images[0] })
    const again = log.read().slice(sent)
    expect(again.filter(({ method }) => method === "POST")).toEqual([])
    await close()
  })

  test("leaves an image that skopeo finds by its digest and by each of its tags", async () => {
    const { registry, repository, images, close } = await start()
    const [digest] = images
    await registry.images.apply({ digest })
    await registry.tags.apply({ tag: "1.3.0", digest, kind: "version" })
    await registry.tags.apply({ tag: "latest", digest, kind: "floating" })
    for (const reference of [`${repository}@${digest}`, `${repository}:1.3.0`, `${repository}:latest`]) {
      expect(await skopeo(reference), reference).toMatchObject({
        Digest: digest,
        RepoTags: expect.arrayContaining(["1.3.0", "latest"]),
        Architecture: "amd64",
      })
    }
    await close()
  })

  test("tells a registry whose disk is full, and is done where there is room", async () => {
    const full = await tunnelTo(dag, fullRegistry())
    let at = full
    const { registry, images, close } = await start(PASSWORD, () => at)
    expect(await registry.images.apply({ digest: images[0] })).toEqual({
      kind: "lost",
      why: "registry.example/me/engine answered 500: UNKNOWN its disk is full",
    })
    expect(await registry.images.probe({ digest: images[0] })).toEqual({ kind: "absent" })
    at = upstream
    expect(await registry.images.apply({ digest: images[0] })).toMatchObject({ kind: "done" })
    await close()
  })

  test("names a wrong password before the first write", async () => {
    const { registry, close } = await start("wrong")
    expect(await registry.check()).toMatchObject([{ kind: "wrong", what: expect.stringContaining("401") }])
    await close()
  })

  test("finds nothing against a push with the right one, and leaves it in no log and no outcome", async () => {
    const { registry, images, log, close } = await start()
    const outcomes = [await registry.check(), await registry.images.apply({ digest: images[0] })]
    expect(outcomes[0]).toEqual([])
    const said = JSON.stringify([outcomes, log.read()])
    expect(said).not.toContain(PASSWORD)
    expect(said).not.toContain(Buffer.from(`me:${PASSWORD}`).toString("base64"))
    await close()
  })
})
