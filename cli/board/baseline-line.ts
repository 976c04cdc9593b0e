import type { Report } from "../../src/pipeline/report.js"
import { plural } from "./remark.js"

/** Proposes to shrink a baseline whose entries are no longer found; undefined where it says nothing new. Pure. */
export function staleLine({ baseline }: Report): string | undefined {
  if (baseline === undefined) return undefined
  const { file, stale, moved } = baseline
  const parts = [
    ...(stale.length > 0 ? [`${plural(stale.length, "finding")} no longer there`] : []),
    ...(moved > 0 ? [`${plural(moved, "finding")} in renamed files`] : []),
  ]
  return parts.length === 0 ? undefined : `${file} has ${parts.join(" and ")}: quillon baseline shrink`
}
