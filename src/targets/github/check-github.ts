import type { Trouble } from "../ports/target.js"
import type { GitHubApi } from "./github-api.js"

/** What stands against a release page, as far as GitHub tells before the first write. */
export async function checkGitHub(api: GitHubApi, { tag }: { readonly tag: string }): Promise<readonly Trouble[]> {
  const target = "github"
  const next = api.words.credentials
  const permission = await api.mayPush()
  if (permission.kind !== "found") {
    const kind = permission.kind === "hidden" ? "wrong" : "unseen"
    return [{ target, what: permission.why, next, kind }]
  }
  if (!permission.value) return [{ target, what: "the token may not write to the repository", next, kind: "wrong" }]
  const found = await api.releases()
  if (found.kind !== "found") return [{ target, what: found.why, next, kind: "unseen" }]
  const page = found.value.find((release) => release.tag_name === tag && !release.draft)
  const drafts = found.value.filter((release) => release.tag_name === tag && release.draft).length
  const immutable = await api.send("GET", "/immutable-releases")
  return [
    ...(page === undefined
      ? []
      : [
          {
            target,
            what: `${tag} has a page already: ${page.html_url}`,
            next: "quillon status",
            kind: "wrong",
          } as const,
        ]),
    ...(drafts === 0
      ? []
      : [
          { target, what: `${tag} has ${drafts} other drafts`, next: "delete them on GitHub", kind: "remark" } as const,
        ]),
    ...(immutable.kind === "answered" && immutable.status === 200
      ? [
          {
            target,
            what: "a published release can't be changed here",
            next: "look at its draft first",
            kind: "remark",
          } as const,
        ]
      : []),
  ]
}
