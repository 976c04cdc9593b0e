import { createHash } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { createFaults } from "../../../rehearsal/faults/fault.js"
import { withFaults } from "../../../rehearsal/faults/fault-proxy.js"
import { openRequestLog } from "../../../rehearsal/faults/request-log.js"
import { createDescription } from "../../../rehearsal/github/description.js"
import { openGitHub } from "../../../rehearsal/github/github-server.js"
import { listen } from "../../../rehearsal/http/listen.js"
import { createGitHubForge } from "../../../src/targets/github/github-forge.js"
import { createAsk } from "../../../src/targets/http/exchange.js"
import { describeForgeContract } from "../contract/forge.js"
import { meddleWith } from "../rehearsed.js"

const TOKEN = "ghp_a-secret-that-stands-nowhere"
const BYTES = ["the wheel", "another wheel"].map((text) => Buffer.from(text))
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex")
const description = createDescription()
const NEVER = new Error("no bytes of that digest")

async function start() {
  const folder = mkdtempSync(join(tmpdir(), "quillon-forge-"))
  let uploadsPort = 0
  const server = openGitHub({
    folder,
    repository: "owner/project",
    tags: { has: async () => true, create: async () => true },
    tokens: { [TOKEN]: "write", weak: "read" },
    now: Date.now,
    description,
    uploads: () => `http://127.0.0.1:${uploadsPort}`,
  })
  const faults = createFaults()
  const log = openRequestLog(join(folder, "requests.jsonl"), Date.now)
  const [api, uploads] = await Promise.all([
    listen(withFaults(server.api, { faults, log })),
    listen(withFaults(server.uploads, { faults, log })),
  ])
  uploadsPort = uploads.port
  const forgeWith = (token: string) =>
    createGitHubForge({
      ask: createAsk(fetch),
      api: `http://127.0.0.1:${api.port}`,
      repository: "owner/project",
      token: async () => token,
      bytes: async (digest) => {
        const found = BYTES.find((bytes) => sha256(bytes) === digest)
        if (found === undefined) throw NEVER
        return found
      },
    })
  return {
    server,
    log,
    forgeWith,
    faults,
    async close() {
      await Promise.all([api.close(), uploads.close()])
      rmSync(folder, { recursive: true })
      expect(server.violations()).toEqual([])
    },
  }
}

const [ours = "", other = ""] = BYTES.map(sha256)

describeForgeContract("GitHub's client against GitHub's rules", async () => {
  const { faults, log, forgeWith, close } = await start()
  return {
    ...meddleWith({
      faults,
      log,
      writes: { methods: ["POST", "PATCH", "DELETE"] },
      looks: { methods: ["GET"] },
      hidden: 404,
    }),
    forge: forgeWith(TOKEN),
    asset: { name: "engine-1.3.0-py3-none-any.whl", sha256: ours, other },
    commit: "main",
    close,
  }
})

const DRAFT = {
  tag: "v1.3.0",
  nonce: "0f1e2d3c",
  commit: "main",
  title: "1.3.0",
  notes: "notes\n",
  prerelease: false,
}

describe("GitHub's client", () => {
  test("finds its draft behind a hundred others, page by page", async () => {
    const { forgeWith, close } = await start()
    const forge = forgeWith(TOKEN)
    await forge.drafts.apply(DRAFT)
    for (let number = 0; number < 100; number++)
      await forge.drafts.apply({ ...DRAFT, nonce: `${number}`.padStart(8, "f") })
    expect(await forge.drafts.probe(DRAFT)).toMatchObject({ kind: "identical" })
    await close()
  })

  test("believes no absence of a draft with a token that may only read", async () => {
    const { forgeWith, close } = await start()
    await forgeWith(TOKEN).drafts.apply(DRAFT)
    expect(await forgeWith("weak").drafts.probe(DRAFT)).toMatchObject({ kind: "hidden" })
    await close()
  })

  test.each([
    ["expired", "GitHub answered 401: Bad credentials"],
    ["weak", "the token may not write to the repository"],
  ])("names a token that is %s before the first write", async (token, what) => {
    const { forgeWith, log, close } = await start()
    expect(await forgeWith(token).check({ tag: "v1.3.0" })).toMatchObject([{ what, kind: "wrong" }])
    expect(log.read().filter(({ method }) => method !== "GET")).toEqual([])
    await close()
  })

  test("calls half an upload different, because its name is taken", async () => {
    const { server, forgeWith, close } = await start()
    const { drafts, assets } = forgeWith(TOKEN)
    const wish = { ...DRAFT, name: "engine.whl", sha256: ours }
    await drafts.apply(DRAFT)
    server.breakNextUpload()
    expect(await assets.apply(wish)).toMatchObject({ kind: "lost" })
    expect(await assets.probe(wish)).toMatchObject({ kind: "different", detail: expect.stringContaining("by half") })
    await close()
  })

  test("says when to come back where GitHub's budget is spent, which GitHub says with 403", async () => {
    const { server, forgeWith, close } = await start()
    server.setBudget({ requests: 0, reset: Math.floor(Date.now() / 1000) + 60 })
    const sight = await forgeWith(TOKEN).drafts.probe(DRAFT)
    expect(sight).toMatchObject({ kind: "unreachable" })
    expect(sight.kind === "unreachable" && sight.retryAfter).toBeGreaterThan(50)
    await close()
  })

  test("tells of releases that can't be changed once they are published", async () => {
    const { server, forgeWith, close } = await start()
    server.setImmutableReleases("on")
    const remarks = await forgeWith(TOKEN).check({ tag: "v1.3.0" })
    expect(remarks).toMatchObject([{ kind: "remark", what: "a published release can't be changed here" }])
    await close()
  })

  test("leaves its token in no log and no outcome", async () => {
    const { forgeWith, log, close } = await start()
    const { drafts } = forgeWith(TOKEN)
    const outcomes = [
      await drafts.apply(DRAFT),
      await drafts.probe(DRAFT),
      await forgeWith(`${TOKEN}x`).drafts.apply(DRAFT),
    ]
    expect(JSON.stringify([outcomes, log.read()])).not.toContain(TOKEN)
    await close()
  })
})
