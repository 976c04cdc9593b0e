import { unifiedDiff } from "../../src/release/diff/unified.js"
import { neutralise } from "../neutralise.js"
import type { Style } from "../style.js"
import type { PendingFix } from "./pending-fix.js"

/** The change as a person reads it: a unified diff, of which nothing can act on a terminal or a CI system. Pure. */
export function diffText(fixes: readonly PendingFix[], style: Style): string {
  return fixes
    .map(({ path, before, after }) => unifiedDiff({ path, before: before.toString(), after: after.toString() }))
    .flatMap((diff) => neutralise(diff).split("\n"))
    .map((line) => tint(line, style))
    .join("\n")
}

function tint(line: string, style: Style): string {
  if (/^(?:diff --git|---|\+\+\+) /.test(line)) return style.strong(line)
  if (line.startsWith("@@")) return style.running(line)
  if (line.startsWith("+")) return style.good(line)
  return line.startsWith("-") ? style.bad(line) : line
}
