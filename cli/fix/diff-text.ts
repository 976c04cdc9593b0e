import { unifiedDiff } from "../../src/release/diff/unified.js"
import { neutralise } from "../neutralise.js"
import { paintDiff } from "../paint-diff.js"
import type { Style } from "../style.js"
import type { PendingFix } from "./pending-fix.js"

/** The change as a person reads it: a unified diff, of which nothing can act on a terminal or a CI system. Pure. */
export function diffText(fixes: readonly PendingFix[], style: Style): string {
  const diffs = fixes.map(({ path, before, after }) =>
    unifiedDiff({ path, before: before.toString(), after: after.toString() }),
  )
  return paintDiff(neutralise(diffs.join("\n")), style)
}
