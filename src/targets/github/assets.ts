import { unseenOf } from "../http/read-reply.js"
import { sha256Of } from "../http/sha256.js"
import type { AssetWish } from "../ports/forge.js"
import type { Sight } from "../ports/sight.js"
import type { Target } from "../ports/target.js"
import { writtenBy } from "./change-release.js"
import { findDraft } from "./find-draft.js"
import type { ApiAsset, GitHubApi } from "./github-api.js"
import { findPage } from "./release-page.js"

/** Files of our page, by the digests that GitHub computed. */
export function createAssets(api: GitHubApi, bytes: (sha256: string) => Promise<Uint8Array>): Target<AssetWish> {
  return {
    settleSeconds: 0,
    probe: (wish) => look(api, wish),
    verify: async (wish) => {
      const sight = await look(api, wish)
      return sight.kind === "identical" ? download(api, wish, sight) : sight
    },
    async apply(wish) {
      const found = await findDraft(api, wish)
      if (found.kind === "refused") return found
      const { page } = found
      const url = `${page.upload_url.replace(/\{.*$/, "")}?name=${encodeURIComponent(wish.name)}`
      const content = { type: "application/octet-stream", body: await bytes(wish.sha256) }
      const reply = await api.send("POST", url, content)
      if (reply.kind !== "answered" || reply.status !== 201) return writtenBy(reply, api)
      const receipt = { what: wish.name, where: "github", digest: `sha256:${wish.sha256}`, link: page.html_url }
      return { kind: "done", receipt }
    },
  }
}

async function look(api: GitHubApi, wish: AssetWish): Promise<Sight> {
  const found = await api.releases()
  if (found.kind !== "found") return found
  const page = findPage(found.value, wish)
  const asset = page?.assets.find(({ name }) => name === wish.name)
  if (page === undefined || asset === undefined) return { kind: "absent" }
  const detail = fault(asset, wish)
  return detail === undefined ? { kind: "identical", link: page.html_url } : { kind: "different", detail }
}

function fault({ state, digest, name }: ApiAsset, { sha256 }: AssetWish): string | undefined {
  if (state !== "uploaded") return `${name} was uploaded by half (its state is ${state})`
  return digest === `sha256:${sha256}` ? undefined : `${name} has ${digest ?? "no digest"}, not sha256:${sha256}`
}

/** The strongest look: the bytes themselves. */
async function download(api: GitHubApi, wish: AssetWish, seen: Sight): Promise<Sight> {
  const found = await api.releases()
  if (found.kind !== "found") return found
  const asset = findPage(found.value, wish)?.assets.find(({ name }) => name === wish.name)
  if (asset === undefined) return { kind: "absent" }
  const reply = await api.send("GET", `/releases/assets/${asset.id}`, { accept: "application/octet-stream" })
  const unseen = unseenOf(reply, api.words)
  if (unseen !== undefined || reply.kind === "silent") return unseen ?? { kind: "unreachable", why: "no answer" }
  const sha256 = await sha256Of(reply.body)
  return sha256 === wish.sha256 ? seen : { kind: "different", detail: `${wish.name} has the bytes of sha256:${sha256}` }
}
