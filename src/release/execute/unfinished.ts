import type { ListedJournal, StoredJournal } from "../../targets/ports/journal-store.js"
import type { Unseen } from "../../targets/ports/sight.js"
import { decodeJournal } from "../journal/codec.js"
import type { Refusal } from "../journal/refusal.js"
import type { Holder } from "../journal/schema.js"
import type { ReleasePlan } from "../plan/schema.js"
import type { ReleaseTargets } from "./world.js"

/** A release that was begun and is not finished; refused where this Quillon can't read its journal. */
export type Unfinished =
  | {
      readonly kind: "unfinished"
      readonly version: string
      readonly tag: string
      readonly holder: Holder | null
      readonly written: string
      readonly plan: ReleasePlan
      readonly found: StoredJournal
    }
  | (Refusal & { readonly version: string })

/** Releases of the remote that are to be resumed before another is planned; oldest version text first. */
export async function unfinishedReleases({
  journals,
}: Pick<ReleaseTargets, "journals">): Promise<
  { readonly kind: "found"; readonly releases: readonly Unfinished[] } | Unseen
> {
  const listed = await journals.list()
  if (listed.kind === "absent") return { kind: "found", releases: [] }
  if (listed.kind !== "found") return listed
  const releases = listed.value.map(unfinishedOf)
  return { kind: "found", releases: releases.sort((a, b) => (a.version < b.version ? -1 : 1)) }
}

function unfinishedOf({ version, ...found }: ListedJournal): Unfinished {
  const read = decodeJournal(found.text)
  if (read.kind === "refused") return { ...read, version }
  const { holder, written, plan } = read.journal
  return { kind: "unfinished", version, tag: plan.version.tag, holder, written, plan, found }
}
