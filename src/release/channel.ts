import type { Channel, ReleasePolicy } from "./policy-settings.js"
import { type PlanRefusal, refusePlan } from "./refusal.js"

/**
 * What a branch releases. A pattern such as `release/*` matches any rest; the longest pattern that matches counts.
 * A detached HEAD and a branch without a channel are refused, because a guess would publish something.
 */
export function channelOf(
  branch: string | null,
  { channels }: Pick<ReleasePolicy, "channels">,
): { readonly kind: "channel"; readonly channel: Channel } | PlanRefusal {
  if (branch === null) {
    return refusePlan({
      code: "DETACHED_HEAD",
      message: "HEAD is on no branch, so it is not known whether this is a final release or a pre-release",
      next: "quillon plan --channel final, or check a branch out",
    })
  }
  const found = Object.entries(channels)
    .filter(([pattern]) => matches(branch, pattern))
    .sort(([a], [b]) => b.length - a.length)[0]
  if (found !== undefined) return { kind: "channel", channel: found[1] }
  return refusePlan({
    code: "BRANCH_WITHOUT_CHANNEL",
    message: `branch ${branch} releases nothing: release.channels names ${Object.keys(channels).join(", ") || "no branch"}`,
    next: `quillon plan --channel final, or add ${branch} to release.channels`,
  })
}

function matches(branch: string, pattern: string): boolean {
  const star = pattern.indexOf("*")
  if (star < 0) return branch === pattern
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)]
  return branch.length >= before.length + after.length && branch.startsWith(before) && branch.endsWith(after)
}
