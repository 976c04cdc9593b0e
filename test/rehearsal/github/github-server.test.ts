import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { startApi, type TestApi } from "./github-api.js"

let api: TestApi

beforeEach(async () => {
  api = await startApi()
})
afterEach(async () => {
  // Whatever a test does, nothing that was said may break GitHub's published description, unless it is about that.
  const violations = api.server.violations()
  await api.close()
  expect(violations).toEqual([])
})

const draft = (tag_name: string, more = {}) =>
  api.ask("POST", "/releases", { body: { tag_name, draft: true, ...more } })
const publish = (id: number, more = {}) => api.ask("PATCH", `/releases/${id}`, { body: { draft: false, ...more } })
const release = (tag_name: string, more = {}) => api.ask("POST", "/releases", { body: { tag_name, ...more } })

describe("a draft", () => {
  test("is shown to who may push, and hidden from readers, by list and by id", async () => {
    const { status, body } = await draft("v1.0.0")
    expect([status, body.draft, body.published_at]).toEqual([201, true, null])
    const shown = async (token: string | null) => [
      (await api.ask("GET", "/releases", { token })).body.length,
      (await api.ask("GET", `/releases/${body.id}`, { token })).status,
    ]
    expect([await shown("writer"), await shown("reader"), await shown(null)]).toEqual([
      [1, 200],
      [0, 404],
      [0, 404],
    ])
  })

  test("is not found by its tag, not even by who made it", async () => {
    await draft("v1.0.0")
    expect((await api.ask("GET", "/releases/tags/v1.0.0")).status).toBe(404)
  })

  test("can have sisters of the same tag, of which one is published", async () => {
    const [first, second] = [await draft("v1.0.0"), await draft("v1.0.0")]
    expect([first.status, second.status]).toEqual([201, 201])
    expect((await publish(first.body.id)).status).toBe(200)
    const refused = await publish(second.body.id)
    expect(refused.status).toBe(422)
    expect(refused.body.errors).toEqual([{ resource: "Release", code: "already_exists", field: "tag_name" }])
  })

  test("makes no tag before it is published", async () => {
    const { body } = await draft("v1.0.0")
    expect(api.tags.size).toBe(0)
    await publish(body.id)
    expect([...api.tags]).toEqual([["v1.0.0", "main"]])
  })
})

describe("a published release", () => {
  test("is the only one of its tag", async () => {
    await release("v1.0.0")
    const again = await release("v1.0.0")
    expect([again.status, again.body.message]).toEqual([422, "Validation Failed"])
    expect(again.body.errors[0].code).toBe("already_exists")
  })

  test("keeps a tag that is there, and is refused for a commit that is not", async () => {
    api.tags.set("v1.0.0", "abc")
    expect((await release("v1.0.0", { target_commitish: "nowhere" })).status).toBe(201)
    expect(api.tags.get("v1.0.0")).toBe("abc")
    const refused = await release("v2.0.0", { target_commitish: "nowhere" })
    expect(refused.body.errors).toEqual([{ resource: "Release", code: "invalid", field: "target_commitish" }])
  })

  test("can be changed and deleted while the repository does not make releases immutable", async () => {
    const { body } = await release("v1.0.0")
    expect((await api.ask("PATCH", `/releases/${body.id}`, { body: { body: "more" } })).body.body).toBe("more")
    expect((await api.ask("DELETE", `/releases/${body.id}`)).status).toBe(204)
    expect((await release("v1.0.0")).status).toBe(201)
  })
})

describe("an immutable release", () => {
  test("takes no more assets and loses none, and its notes can still be edited", async () => {
    api.server.setImmutableReleases("on")
    const { body } = await draft("v1.0.0")
    const asset = await api.upload(body.id, "a.whl")
    expect((await publish(body.id)).body.immutable).toBe(true)
    expect((await api.upload(body.id, "b.whl")).status).toBe(422)
    expect((await api.ask("DELETE", `/releases/assets/${asset.body.id}`)).status).toBe(403)
    expect((await api.ask("PATCH", `/releases/${body.id}`, { body: { tag_name: "v2" } })).status).toBe(422)
    expect((await api.ask("PATCH", `/releases/${body.id}`, { body: { body: "typo" } })).status).toBe(200)
  })

  test("leaves a tag that no later release may take", async () => {
    api.server.setImmutableReleases("on")
    const { body } = await release("v1.0.0")
    await api.ask("DELETE", `/releases/${body.id}`)
    expect((await release("v1.0.0")).body.errors[0].message).toBe("tag_name was used by an immutable release")
  })

  test("is announced by the repository's setting, to who may push", async () => {
    expect((await api.ask("GET", "/immutable-releases")).status).toBe(404)
    api.server.setImmutableReleases("on")
    expect((await api.ask("GET", "/immutable-releases")).body).toEqual({ enabled: true, enforced_by_owner: false })
  })
})

describe("an asset", () => {
  test("is taken by the uploads host alone, to which the release's upload_url leads", async () => {
    const { body } = await draft("v1.0.0")
    const url = new URL(body.upload_url.replace(/\{.*/, ""))
    expect(url.pathname).toBe(`/repos/owner/project/releases/${body.id}/assets`)
    expect(url.port).not.toBe(new URL(body.url).port)
    expect((await api.ask("POST", `/releases/${body.id}/assets?name=a`, { body: {} })).status).toBe(404)
    const uploaded = await api.upload(body.id, "a.whl")
    // printf bytes | sha256sum
    const digest = "sha256:277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9"
    expect([uploaded.status, uploaded.body.digest, uploaded.body.size]).toEqual([201, digest, 5])
  })

  test("has a name that is there once", async () => {
    const { body } = await draft("v1.0.0")
    await api.upload(body.id, "a.whl")
    const again = await api.upload(body.id, "a.whl", "other")
    expect(again.status).toBe(422)
    expect(again.body.errors).toEqual([{ resource: "ReleaseAsset", code: "already_exists", field: "name" }])
  })

  test("is renamed where its name has special characters", async () => {
    const { body } = await draft("v1.0.0")
    expect((await api.upload(body.id, ".engine 1.0 (final).txt")).body.name).toBe("engine.1.0.final.txt")
  })

  test("stays behind, empty and open, when its upload breaks off; deleted, it can be uploaded again", async () => {
    const { body } = await draft("v1.0.0")
    api.server.breakNextUpload()
    expect((await api.upload(body.id, "a.whl")).status).toBe(502)
    const [half] = (await api.ask("GET", `/releases/${body.id}/assets`)).body
    expect([half.state, half.size, half.digest]).toEqual(["open", 0, null])
    expect((await api.upload(body.id, "a.whl")).status).toBe(422)
    await api.ask("DELETE", `/releases/assets/${half.id}`)
    expect((await api.upload(body.id, "a.whl")).status).toBe(201)
  })

  test("is downloaded through a redirect, and by its page's link once it is published", async () => {
    const { body } = await draft("v1.0.0")
    const asset = (await api.upload(body.id, "a.whl")).body
    const octets = { accept: "application/octet-stream" }
    expect((await api.ask("GET", `/releases/assets/${asset.id}`, { headers: octets })).body).toBe("bytes")
    const link = async () => {
      const shown = (await api.ask("GET", `/releases/assets/${asset.id}`)).body
      return (await fetch(shown.browser_download_url)).status
    }
    expect(await link()).toBe(404)
    await publish(body.id)
    expect(await link()).toBe(200)
  })
})

describe("the latest release", () => {
  const latest = async () => (await api.ask("GET", "/releases/latest", { token: null })).body.tag_name

  test("is the one that was published last, unless it says otherwise", async () => {
    await release("v2.0.0")
    await release("v1.9.1", { make_latest: "false" })
    expect(await latest()).toBe("v2.0.0")
    await release("v1.9.2")
    expect(await latest()).toBe("v1.9.2")
  })

  test("is never a pre-release or a draft", async () => {
    await release("v1.0.0")
    await release("v2.0.0-rc.1", { prerelease: true })
    await draft("v2.0.0", { make_latest: "true" })
    expect(await latest()).toBe("v1.0.0")
    expect((await release("v2.0.0-rc.2", { prerelease: true, make_latest: "true" })).status).toBe(422)
  })

  test("is not there before the first", async () => {
    expect((await api.ask("GET", "/releases/latest")).status).toBe(404)
  })
})

describe("a caller", () => {
  test("with a wrong token is told so, whatever is asked", async () => {
    const refused = await api.ask("GET", "", { token: "expired" })
    expect([refused.status, refused.body.message]).toEqual([401, "Bad credentials"])
  })

  test("who may only read writes nothing", async () => {
    expect((await api.ask("POST", "/releases", { body: { tag_name: "v1" }, token: "reader" })).status).toBe(403)
    expect((await api.ask("POST", "/releases", { body: { tag_name: "v1" }, token: null })).status).toBe(404)
    expect(api.server.state().releases).toEqual([])
  })

  test("sees what it may do", async () => {
    const permissions = async (token: string | null) => (await api.ask("GET", "", { token })).body.permissions?.push
    expect([await permissions("writer"), await permissions("reader"), await permissions(null)]).toEqual([
      true,
      false,
      undefined,
    ])
  })

  test("without token is not told of a private repository", async () => {
    await api.close()
    api = await startApi({ isPrivate: true })
    expect((await api.ask("GET", "", { token: null })).status).toBe(404)
    expect((await api.ask("GET", "", { token: "reader" })).body.private).toBe(true)
  })
})

describe("lists", () => {
  test("have pages of 30, linked, newest first, and at most 100 a page", async () => {
    for (let number = 1; number <= 31; number++) await draft(`v1.0.${number}`)
    const first = await api.ask("GET", "/releases")
    expect([first.body.length, first.body[0].tag_name]).toEqual([30, "v1.0.31"])
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? ""
    const second = await fetch(next, { headers: { authorization: "Bearer writer" } })
    expect(((await second.json()) as { tag_name: string }[]).map(({ tag_name }) => tag_name)).toEqual(["v1.0.1"])
    expect((await api.ask("GET", "/releases?per_page=500")).headers.get("link")).toBeNull()
  })
})

describe("answers", () => {
  test("have an ETag, and who has it already gets 304", async () => {
    await release("v1.0.0")
    const etag = (await api.ask("GET", "/releases")).headers.get("etag") ?? ""
    const ask = () => api.ask("GET", "/releases", { headers: { "if-none-match": etag } })
    expect((await ask()).status).toBe(304)
    await release("v1.1.0")
    expect((await ask()).status).toBe(200)
  })

  test("past the rate limit are refusals that say when to come back", async () => {
    api.server.setBudget({ requests: 1, reset: 1_800_000_000 })
    expect((await api.ask("GET", "/releases")).headers.get("x-ratelimit-remaining")).toBe("0")
    const refused = await api.ask("GET", "/releases")
    expect([refused.status, refused.headers.get("x-ratelimit-reset")]).toEqual([403, "1800000000"])
    api.server.setBudget(undefined)
    expect((await api.ask("GET", "/releases")).status).toBe(200)
  })

  test("that are not modified cost nothing of the rate limit", async () => {
    const etag = (await api.ask("GET", "/releases")).headers.get("etag") ?? ""
    api.server.setBudget({ requests: 3, reset: 0 })
    const ask = () => api.ask("GET", "/releases", { headers: { "if-none-match": etag } })
    for (let time = 0; time < 5; time++) expect((await ask()).headers.get("x-ratelimit-remaining")).toBe("2")
  })
})

test("two requests at the same time for the same tag make one release", async () => {
  const [one, other] = await Promise.all([release("v1.0.0"), release("v1.0.0")])
  expect([one.status, other.status].sort()).toEqual([201, 422])
})
