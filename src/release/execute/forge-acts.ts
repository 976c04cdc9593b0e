import type { Forge, PublicationWish } from "../../targets/ports/forge.js"
import type { Built } from "../journal/schema.js"
import { type Act, actOn } from "./act.js"
import type { ReleaseRecord } from "./acts.js"

/** The acts that stage a release where readers don't see it: a draft, then its files. */
export function pageActs(record: ReleaseRecord, forge: Forge): readonly Act[] {
  const { tag, nonce, commit, title, notes, prerelease } = pageOf(record)
  const draft = { tag, nonce, commit, title, notes, prerelease }
  return [
    actOn(forge.drafts, draft, { id: "stage:draft", what: `draft of ${tag}`, where: forge.name }),
    ...record.built.artifacts.map((artifact) => {
      const { name, sha256 } = artifact
      const wish = { tag, nonce, name, sha256 }
      return actOn(forge.assets, wish, { id: `stage:${name}`, what: name, where: forge.name, bytes: { artifact } })
    }),
  ]
}

/** The act that lets readers see the release page. */
export function publicationAct(record: ReleaseRecord, forge: Forge): Act {
  const page = pageOf(record)
  return actOn(forge.publications, page, { id: "forge", what: `release ${page.tag}`, where: forge.name })
}

/** The page of a release. */
function pageOf({ plan, release, commit, built }: ReleaseRecord): PublicationWish {
  return {
    tag: plan.version.tag,
    nonce: release,
    commit: commit.commit,
    title: plan.version.tag,
    notes: notesWith(plan.notes, built.allowed),
    prerelease: plan.channel !== "final",
    latest: plan.channel === "final",
    assets: built.artifacts.map(({ name, sha256 }) => ({ name, sha256 })),
  }
}

/** Notes that name what failed and was allowed to. */
function notesWith(notes: string, allowed: Built["allowed"]): string {
  if (allowed.length === 0) return notes
  const lines = allowed.map(({ cell, why }) => `* \`${cell}\` was allowed to fail: ${why}`)
  return `${notes.trimEnd()}\n\n### Known failures\n\n${lines.join("\n")}\n`
}
