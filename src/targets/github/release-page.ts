import type { DraftWish, PageName, PublicationWish } from "../ports/forge.js"
import type { ApiRelease } from "./github-api.js"

/** The text of a page: the notes, and our nonce where readers don't see it. */
export function pageBody({ notes, nonce }: Pick<DraftWish, "notes" | "nonce">): string {
  return `${notes.trimEnd()}\n\n${markOf(nonce)}\n`
}

/** Our page among the releases: the one of the tag whose text has our nonce. */
export function findPage(releases: readonly ApiRelease[], { tag, nonce }: PageName): ApiRelease | undefined {
  return releases.find((release) => release.tag_name === tag && (release.body ?? "").includes(markOf(nonce)))
}

/** Somebody else's published page of the tag. */
export function findForeignPage(releases: readonly ApiRelease[], page: PageName): ApiRelease | undefined {
  const ours = findPage(releases, page)
  return releases.find((release) => release.tag_name === page.tag && !release.draft && release !== ours)
}

/** How a published page differs from what was wanted, on one line; undefined where it does not. */
export function differenceOf(release: ApiRelease, wish: PublicationWish): string | undefined {
  const missing = wish.assets.find(({ name }) => !release.assets.some((asset) => asset.name === name))
  if (missing !== undefined) return `the page of ${wish.tag} lacks ${missing.name}`
  const other = wish.assets.find(({ name, sha256 }) => {
    const digest = release.assets.find((asset) => asset.name === name)?.digest
    return digest !== `sha256:${sha256}`
  })
  if (other !== undefined) return `${other.name} on the page of ${wish.tag} has other bytes`
  if (normalise(release.body ?? "") !== normalise(pageBody(wish))) return `the page of ${wish.tag} has other notes`
  if (release.name !== wish.title) return `the page of ${wish.tag} has the title ${JSON.stringify(release.name)}`
  return release.prerelease === wish.prerelease ? undefined : `the page of ${wish.tag} differs in being a pre-release`
}

function markOf(nonce: string): string {
  return `<!-- quillon:${nonce} -->`
}

/** GitHub keeps line ends as browsers send them. */
function normalise(text: string): string {
  return text.replaceAll("\r\n", "\n").trim()
}
