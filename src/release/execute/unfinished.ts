import type { Unseen } from "../../targets/ports/sight.js"
import { decodeJournal } from "../journal/codec.js"
import type { Refusal } from "../journal/refusal.js"
import type { Holder } from "../journal/schema.js"
import type { ReleaseTargets } from "./world.js"

/** A release that was begun and is not finished; refused where this Quillon can't read its journal. */
export type Unfinished =
  | {
      readonly kind: "unfinished"
      readonly version: string
      readonly tag: string
      readonly holder: Holder | null
      readonly written: string
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
  const versions = [...listed.value].sort()
  const found = await Promise.all(versions.map((version) => journals.read(version)))
  const releases: Unfinished[] = []
  for (const [at, journal] of found.entries()) {
    // One that was finished since the list was read is not unfinished.
    if (journal.kind === "absent") continue
    if (journal.kind !== "found") return journal
    const read = decodeJournal(journal.value.text)
    const version = versions[at] ?? ""
    if (read.kind === "refused") {
      releases.push({ ...read, version })
      continue
    }
    const { holder, written, plan } = read.journal
    releases.push({ kind: "unfinished", version, tag: plan.version.tag, holder, written })
  }
  return { kind: "found", releases }
}
