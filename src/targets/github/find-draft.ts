import type { PageName } from "../ports/forge.js"
import type { Refused } from "../ports/written.js"
import { unavailable } from "./change-release.js"
import type { ApiRelease, GitHubApi } from "./github-api.js"
import { findPage } from "./release-page.js"

/** The page that a write goes to, or why nothing can be written. */
export async function findDraft(
  api: GitHubApi,
  wish: PageName,
): Promise<{ readonly kind: "found"; readonly page: ApiRelease } | Refused> {
  const found = await api.releases()
  if (found.kind !== "found") return unavailable(found)
  const page = findPage(found.value, wish)
  if (page !== undefined) return { kind: "found", page }
  const why = `there is no draft of ${wish.tag} that this release made`
  return { kind: "refused", reason: { kind: "invalid", why, next: "quillon status tells what is where" } }
}
