import type { Forge, PageName } from "../../../src/targets/ports/forge.js"
import type { Sight } from "../../../src/targets/ports/sight.js"
import type { Written } from "../../../src/targets/ports/written.js"
import type { Wire } from "./network.js"

/** A release page. Several drafts of one tag may be there. */
export interface Page {
  readonly tag: string
  readonly nonce: string
  readonly notes: string
  readonly assets: Map<string, string>
  draft: boolean
  latest: boolean
}

/** A forge's release pages. */
export interface ForgeServer {
  readonly name: string
  readonly pages: Page[]
}

export function createForgeServer(name = "github"): ForgeServer {
  return { name, pages: [] }
}

const refused = (detail: string): Written => ({ kind: "refused", reason: { kind: "conflict", detail } })

/** The client of a forge. */
export function fakeForge({ name, pages }: ForgeServer, wire: Wire): Forge {
  const ours = ({ tag, nonce }: PageName) => pages.find((page) => page.tag === tag && page.nonce === nonce)
  const published = ({ tag }: PageName) => pages.find((page) => page.tag === tag && !page.draft)
  const done = (what: string): Written => ({ kind: "done", receipt: { what, where: name, link: `${name}/${what}` } })

  const seeDraft = (wish: PageName): Sight => {
    if (ours(wish) !== undefined) return { kind: "identical" }
    return published(wish) === undefined
      ? { kind: "absent" }
      : { kind: "different", detail: `somebody published ${wish.tag}` }
  }
  const seeAsset: Forge["assets"]["probe"] = (wish) =>
    wire.look(name, `asset ${wish.name}`, () => {
      const there = ours(wish)?.assets.get(wish.name)
      if (there === undefined) return { kind: "absent" }
      return there === wish.sha256 ? { kind: "identical" } : { kind: "different", detail: `${wish.name} is ${there}` }
    })
  const seePublished: Forge["publications"]["probe"] = (wish) =>
    wire.look(name, `page ${wish.tag}`, () => {
      const page = published(wish)
      if (page === undefined) return { kind: "absent" }
      if (page.nonce !== wish.nonce) return { kind: "different", detail: `somebody published ${wish.tag}` }
      const missing = wish.assets.find((asset) => page.assets.get(asset.name) !== asset.sha256)
      if (missing !== undefined) return { kind: "different", detail: `${missing.name} is not the one` }
      return page.notes === wish.notes ? { kind: "identical" } : { kind: "different", detail: "the notes were changed" }
    })

  return {
    name,
    check: async ({ tag }) => {
      const answer = await wire.look(name, "check", () => pages.filter((page) => page.tag === tag))
      if (!Array.isArray(answer)) return [{ target: name, what: answer.why, next: `reach ${name}`, kind: "unseen" }]
      return answer
        .filter((page) => !page.draft)
        .map(() => ({ target: name, what: `${tag} has a page`, next: "another version", kind: "wrong" }) as const)
    },
    drafts: {
      settleSeconds: 0,
      probe: (wish) => wire.look(name, `draft ${wish.tag}`, () => seeDraft(wish)),
      verify: (wish) => wire.look(name, `draft ${wish.tag}`, () => seeDraft(wish)),
      // Like the service: a second draft of one tag is made without a word.
      apply: (wish) =>
        wire.write(name, `draft ${wish.tag} ${wish.nonce}`, () => {
          const { tag, nonce, notes } = wish
          pages.push({ tag, nonce, notes, assets: new Map(), draft: true, latest: false })
          return done(`draft ${tag}`)
        }),
    },
    assets: {
      settleSeconds: 0,
      probe: seeAsset,
      verify: seeAsset,
      apply: (wish) =>
        wire.write(name, `asset ${wish.name} ${wish.nonce}`, () => {
          const page = ours(wish)
          if (page === undefined) return refused(`there is no draft of ${wish.tag}`)
          if (page.assets.has(wish.name)) return refused(`${wish.name} is there`)
          if (!page.draft) return refused("the release is immutable")
          page.assets.set(wish.name, wish.sha256)
          return done(wish.name)
        }),
    },
    publications: {
      settleSeconds: 0,
      probe: seePublished,
      verify: seePublished,
      apply: (wish) =>
        wire.write(name, `publish ${wish.tag} ${wish.nonce}`, () => {
          const page = ours(wish)
          if (page === undefined) return refused(`there is no draft of ${wish.tag}`)
          if (published(wish) !== undefined) return refused(`${wish.tag} is published`)
          page.draft = false
          if (wish.latest) {
            for (const each of pages) each.latest = each === page
          }
          return done(wish.tag)
        }),
    },
    withdraw: (wish) =>
      wire.write(name, `withdraw ${wish.tag} ${wish.nonce}`, () => {
        const page = ours(wish)
        if (page !== undefined && !page.draft) return refused(`${wish.tag} is published`)
        if (page !== undefined) pages.splice(pages.indexOf(page), 1)
        return done(`draft ${wish.tag}`)
      }),
  }
}
