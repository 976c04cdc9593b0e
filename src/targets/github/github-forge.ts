import type { Ask } from "../http/exchange.js"
import type { DraftWish, Forge, PageName, PublicationWish } from "../ports/forge.js"
import type { Sight } from "../ports/sight.js"
import type { Target } from "../ports/target.js"
import type { Receipt, Written } from "../ports/written.js"
import { createAssets } from "./assets.js"
import { changeRelease, unavailable, writtenBy } from "./change-release.js"
import { checkGitHub } from "./check-github.js"
import { findDraft } from "./find-draft.js"
import { createGitHubApi, type GitHubApi, type GitHubPlace } from "./github-api.js"
import { differenceOf, findForeignPage, findPage, pageBody } from "./release-page.js"

/** What the client of a GitHub repository's releases is made with. */
export interface GitHubForgeOptions extends GitHubPlace {
  readonly ask: Ask
  /** Bytes of an asset by their SHA-256 in hexadecimal. */
  readonly bytes: (sha256: string) => Promise<Uint8Array>
}

/** Releases on GitHub: a draft that readers don't see, its assets, and the page. */
export function createGitHubForge({ ask, bytes, ...place }: GitHubForgeOptions): Forge {
  const api = createGitHubApi(ask, place)
  return {
    name: "github",
    check: (wish) => checkGitHub(api, wish),
    drafts: createDrafts(api),
    assets: createAssets(api, bytes),
    publications: createPublications(api),
    withdraw: (page) => withdraw(api, page),
  }
}

function createDrafts(api: GitHubApi): Target<DraftWish> {
  const probe = async (wish: DraftWish): Promise<Sight> => {
    const found = await api.releases()
    if (found.kind !== "found") return found
    const ours = findPage(found.value, wish)
    if (ours !== undefined) return { kind: "identical", link: ours.html_url }
    const foreign = findForeignPage(found.value, wish)
    if (foreign !== undefined)
      return { kind: "different", detail: `${wish.tag} has a page that is not of this release` }
    return { kind: "absent" }
  }
  return {
    settleSeconds: 0,
    probe,
    verify: probe,
    apply: (wish) =>
      changeRelease(api, {
        method: "POST",
        path: "/releases",
        body: { ...fieldsOf(wish), draft: true },
        receipt: (link) => ({ what: `draft of ${wish.tag}`, where: "github", link }),
      }),
  }
}

function createPublications(api: GitHubApi): Target<PublicationWish> {
  const probe = async (wish: PublicationWish): Promise<Sight> => {
    const found = await api.releases()
    if (found.kind !== "found") return found
    if (findForeignPage(found.value, wish) !== undefined) {
      return { kind: "different", detail: `${wish.tag} has a page that is not of this release` }
    }
    const ours = findPage(found.value, wish)
    if (ours === undefined || ours.draft) return { kind: "absent" }
    const detail = differenceOf(ours, wish)
    return detail === undefined ? { kind: "identical", link: ours.html_url } : { kind: "different", detail }
  }
  return {
    settleSeconds: 0,
    probe,
    verify: probe,
    async apply(wish) {
      const found = await findDraft(api, wish)
      if (found.kind === "refused") return found
      return changeRelease(api, {
        method: "PATCH",
        path: `/releases/${found.page.id}`,
        body: { ...fieldsOf(wish), draft: false, make_latest: wish.latest ? "true" : "false" },
        receipt: (link) => ({ what: `release ${wish.tag}`, where: "github", link }),
      })
    },
  }
}

async function withdraw(api: GitHubApi, page: PageName): Promise<Written> {
  const receipt: Receipt = { what: `draft of ${page.tag}`, where: "github" }
  const found = await api.releases()
  if (found.kind !== "found") return unavailable(found)
  const ours = findPage(found.value, page)
  if (ours === undefined) return { kind: "done", receipt }
  if (!ours.draft) {
    return { kind: "refused", reason: { kind: "conflict", detail: `the page of ${page.tag} is published` } }
  }
  const reply = await api.send("DELETE", `/releases/${ours.id}`)
  const gone = reply.kind === "answered" && (reply.status === 204 || reply.status === 404)
  return gone ? { kind: "done", receipt } : writtenBy(reply, api)
}

/** What GitHub is told of a page. */
function fieldsOf(wish: DraftWish): object {
  return {
    tag_name: wish.tag,
    target_commitish: wish.commit,
    name: wish.title,
    body: pageBody(wish),
    prerelease: wish.prerelease,
  }
}
