import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { type Listening, listen } from "../../../rehearsal/http/listen.js"
import { type IndexServer, openIndex } from "../../../rehearsal/index/index-server.js"
import { createIssuer } from "../../../rehearsal/oidc/issuer.js"
import { createPlainServer } from "./plain-server.js"

const START = Date.UTC(2026, 0, 2)
// printf bytes | sha256sum
const SHA256 = "277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9"

let folder: string
let now: number
let index: IndexServer
let server: Listening
let issuer: Listening
const behind = createPlainServer()

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "quillon-index-"))
  now = START
  await open()
})
afterEach(async () => {
  await Promise.all([server.close(), issuer.close()])
  rmSync(folder, { recursive: true })
})

async function open() {
  const issuing = createIssuer({ requestToken: "job", repository: "me/engine", workflow: "release", now: () => now })
  index = openIndex({
    ledger: join(folder, "ledger.json"),
    behind,
    tokens: { mine: { user: "me" }, yours: { user: "you" }, narrow: { user: "me", project: "engine" } },
    audience: "pypi",
    publishers: [{ repository: "me/engine", workflow: "release", identity: { user: "me", project: "engine" } }],
    readClaims: issuing.read,
    now: () => now,
  })
  server = await listen(index.handler)
  issuer = await listen(issuing.handler)
}

const at = (path: string) => `http://127.0.0.1:${server.port}${path}`

async function upload(file: Partial<Record<"name" | "file" | "bytes" | "token" | "digest" | "user", string>> = {}) {
  const { name = "Engine", file: fileName = "engine-1.0.0.tar.gz", bytes = "bytes", token = "mine", user } = file
  const form = new FormData()
  for (const [key, value] of Object.entries({ ":action": "file_upload", name, version: "1.0.0" })) form.set(key, value)
  if (file.digest !== undefined) form.set("sha256_digest", file.digest)
  form.set("content", new Blob([bytes]), fileName)
  const authorization = `Basic ${Buffer.from(`${user ?? "__token__"}:${token}`).toString("base64")}`
  const answer = await fetch(at("/legacy/"), { method: "POST", body: form, headers: { authorization } })
  return { status: answer.status, reason: answer.statusText, page: await answer.text() }
}

const page = async (accept = "text/html", project = "engine") => {
  const answer = await fetch(at(`/simple/${project}/`), { headers: { accept } })
  return { status: answer.status, text: await answer.text() }
}

describe("an upload", () => {
  test("is taken, and its page links to the very bytes by hash, in HTML and in JSON", async () => {
    expect((await upload({ digest: SHA256 })).status).toBe(200)
    expect((await page()).text).toContain(`engine-1.0.0.tar.gz#sha256=${SHA256}`)
    const json = JSON.parse((await page("application/vnd.pypi.simple.v1+json, text/html;q=0.1")).text)
    expect(json).toMatchObject({
      meta: { "api-version": "1.1" },
      name: "engine",
      versions: ["1.0.0"],
      files: [{ filename: "engine-1.0.0.tar.gz", hashes: { sha256: SHA256 }, size: 5 }],
    })
    expect(await (await fetch(json.files[0].url)).text()).toBe("bytes")
  })

  test("of the same bytes is taken again", async () => {
    await upload()
    expect((await upload()).status).toBe(200)
  })

  test("of other bytes under the same name is refused, in the status line and in the page", async () => {
    await upload()
    const refused = await upload({ bytes: "other" })
    expect(refused.status).toBe(400)
    expect(refused.reason).toMatch(/^File already exists \('engine-1.0.0.tar.gz'/)
    expect(refused.page).toContain("<title>400 File already exists")
    expect((await page()).text).toContain(SHA256)
  })

  test("under a name that was deleted is refused for ever, also of the same bytes, though its page shows nothing", async () => {
    await upload()
    index.remove("Engine", "engine-1.0.0.tar.gz")
    expect((await page()).status).toBe(404)
    const refused = await upload()
    expect([refused.status, refused.reason]).toEqual([
      400,
      expect.stringMatching(/^This filename has already been used, use a different version/),
    ])
  })

  test.each([
    ["a digest that is not that of the bytes", { digest: "0".repeat(64) }, /digest supplied does not match/],
    ["a wheel for any Linux", { file: "engine-1.0.0-cp311-cp311-linux_x86_64.whl" }, /unsupported platform tag/],
    ["a file of another project", { file: "motor-1.0.0.tar.gz" }, /^Start filename for/],
  ])("with %s is refused", async (_, file, reason) => {
    expect(await upload(file)).toMatchObject({ status: 400, reason: expect.stringMatching(reason) })
  })

  test.each([
    ["no token of this index", { token: "nobody" }, /Invalid or non-existent authentication/],
    ["a token under a user name", { user: "me" }, /Invalid or non-existent authentication/],
    ["somebody else's token", { token: "yours" }, /The user 'you' isn't allowed to upload to project 'Engine'/],
  ])("with %s is forbidden", async (_, file, reason) => {
    index.claim("engine", "me")
    expect(await upload(file)).toMatchObject({ status: 403, reason: expect.stringMatching(reason) })
  })

  test("with a token for one project goes to no other", async () => {
    expect((await upload({ token: "narrow" })).status).toBe(200)
    expect((await upload({ token: "narrow", name: "motor", file: "motor-1.0.0.tar.gz" })).status).toBe(403)
  })
})

test("pages lag behind uploads, and then show them", async () => {
  index.setLag(60)
  await upload()
  expect((await page()).status).toBe(404)
  now += 60_000
  expect((await page()).status).toBe(200)
})

test("names stay used when the index is opened again", async () => {
  await upload()
  await Promise.all([server.close(), issuer.close()])
  await open()
  expect((await upload({ bytes: "other" })).status).toBe(400)
})

describe("trusted publishing", () => {
  const ask = async (audience: string, token = "job") => {
    const url = `http://127.0.0.1:${issuer.port}/token?audience=${audience}`
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
    return ((await answer.json()) as { value?: string }).value ?? ""
  }
  const mint = async (token: string) => {
    const answer = await fetch(at("/_/oidc/mint-token"), { method: "POST", body: JSON.stringify({ token }) })
    return (await answer.json()) as { token?: string; errors?: readonly { code: string; description: string }[] }
  }

  test("gives a token for the publisher's project, for 15 minutes", async () => {
    const { token = "" } = await mint(await ask("pypi"))
    expect((await upload({ token })).status).toBe(200)
    now += 899_000
    expect((await upload({ token })).status).toBe(200)
    now += 1_000
    expect((await upload({ token })).status).toBe(403)
  })

  test("names the audience of the index", async () => {
    expect(await (await fetch(at("/_/oidc/audience"))).json()).toEqual({ audience: "pypi" })
  })

  test.each([
    ["for another index", () => ask("testpypi"), "invalid-token"],
    ["that nobody signed", async () => `${(await ask("pypi")).slice(0, -4)}AAAA`, "invalid-token"],
    ["that is none", async () => "nonsense", "invalid-token"],
  ])("refuses an identity token %s", async (_, token, code) => {
    expect((await mint(await token())).errors?.[0]?.code).toBe(code)
  })

  test("exchanges an identity token once, and none that is older than five minutes", async () => {
    const [once, late] = [await ask("pypi"), await ask("pypi")]
    await mint(once)
    expect((await mint(once)).errors?.[0]?.code).toBe("invalid-reuse-token")
    now += 300_000
    expect((await mint(late)).errors?.[0]?.description).toContain("expired")
  })

  test("a job that does not know the request token gets no identity", async () => {
    expect(await ask("pypi", "stranger")).toBe("")
  })
})
