import { describe, expect, test } from "vitest"
import { mintToken } from "../../../src/targets/index/trusted-publishing.js"
import { describeIndexContract } from "../contract/package-index.js"
import { meddleWith } from "../rehearsed.js"
import { RIVAL, startIndex, TOKEN, WISH } from "./index-server.js"

const owner = async () => ({ kind: "token", token: TOKEN }) as const

describeIndexContract("the index client against PyPI's rules", async () => {
  const { client, index, faults, log, close } = await startIndex()
  return {
    ...meddleWith({
      faults,
      log,
      writes: { methods: ["POST"], target: /^\/legacy\// },
      looks: { methods: ["GET"] },
      hidden: 403,
    }),
    index: client(owner),
    wish: WISH,
    rival: RIVAL,
    remove: ({ project, name }) => index.remove(project, name),
    close,
  }
})

describe("the index client", () => {
  test("calls a wait for lagging pages a wait", async () => {
    const { client, index, close } = await startIndex()
    const { files, install } = client(owner)
    index.setLag(3600)
    await files.apply(WISH)
    const version = { project: "Engine", version: "1.3.0", files: [WISH], imports: ["engine"] }
    expect(await files.probe(WISH)).toEqual({ kind: "absent" })
    expect(await install.apply(version)).toEqual({
      kind: "waiting",
      until: "the pages of pypi show engine-1.3.0.tar.gz",
    })
    await close()
  })

  test("hands on the words of an index that refuses somebody else's project", async () => {
    const { client, index, close } = await startIndex()
    index.claim("engine", "you")
    expect(await client(owner).files.apply(WISH)).toMatchObject({
      kind: "refused",
      reason: { kind: "denied", why: expect.stringContaining("isn't allowed to upload to project 'Engine'") },
    })
    await close()
  })

  test("uploads with a token that the job's identity was exchanged for", async () => {
    const { client, ask, endpoints, ci, close } = await startIndex()
    const trusted = client(() => mintToken(ask, endpoints.exchange ?? "", ci))
    expect(await trusted.files.apply(WISH)).toMatchObject({ kind: "done" })
    await close()
  })

  test.each([
    ["a job without identity", { token: async () => "nobody" }, "denied", "gave no identity"],
    ["a CI service that is not there", { url: "http://127.0.0.1:9/" }, "denied", "gave no identity"],
  ])("uploads nothing for %s", async (_, more, kind, why) => {
    const { client, ask, endpoints, ci, log, close } = await startIndex()
    const trusted = client(() => mintToken(ask, endpoints.exchange ?? "", { ...ci, ...more }))
    expect(await trusted.files.apply(WISH)).toMatchObject({
      kind: "refused",
      reason: { kind, why: expect.stringContaining(why) },
    })
    expect(log.read().filter(({ target }) => target === "/legacy/")).toEqual([])
    await close()
  })

  test("names a job that the index does not trust before the first write", async () => {
    const { client, ask, endpoints, ci, close } = await startIndex()
    const forged = { ...ci, token: async () => "nobody" }
    const troubles = await client(() => mintToken(ask, endpoints.exchange ?? "", forged)).check(WISH)
    expect(troubles).toMatchObject([{ kind: "wrong", next: "give the job the permission id-token: write" }])
    await close()
  })

  test("leaves its token in no log and no outcome", async () => {
    const { client, log, close } = await startIndex()
    const { files } = client(owner)
    const outcomes = [await files.apply(WISH), await files.apply(RIVAL), await files.verify(WISH)]
    expect(JSON.stringify([outcomes, log.read()])).not.toContain(TOKEN)
    await close()
  })
})
