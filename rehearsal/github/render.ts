import type { StoredAsset, StoredRelease } from "./state.js"

/** Where the API is reached and which repository it serves. */
export interface Place {
  /** Scheme, host and port of the API. */
  readonly api: string
  /** The same of the uploads host. */
  readonly uploads: string
  /** `owner/name`. */
  readonly repository: string
}

/** A release as the API shows it (schema `release`). */
export function renderRelease(release: StoredRelease, place: Place): object {
  const base = `${place.api}/repos/${place.repository}`
  const url = `${base}/releases/${release.id}`
  const page = release.draft ? `untagged-${release.id.toString(16).padStart(20, "0")}` : release.tag
  return {
    url,
    html_url: `${place.api}/${place.repository}/releases/tag/${page}`,
    assets_url: `${url}/assets`,
    upload_url: `${place.uploads}/repos/${place.repository}/releases/${release.id}/assets{?name,label}`,
    tarball_url: release.draft ? null : `${base}/tarball/${release.tag}`,
    zipball_url: release.draft ? null : `${base}/zipball/${release.tag}`,
    id: release.id,
    node_id: nodeId("RE", release.id),
    tag_name: release.tag,
    target_commitish: release.target,
    name: release.name,
    body: release.body,
    draft: release.draft,
    prerelease: release.prerelease,
    immutable: release.immutable,
    created_at: release.created,
    published_at: release.published,
    updated_at: release.updated,
    author: renderUser(release.author, place),
    assets: release.assets.map((asset) => renderAsset(asset, { release, place })),
  }
}

/** An asset as the API shows it (schema `release-asset`). */
export function renderAsset(asset: StoredAsset, { release, place }: { release: StoredRelease; place: Place }): object {
  const page = release.draft ? `untagged-${release.id.toString(16).padStart(20, "0")}` : release.tag
  return {
    url: `${place.api}/repos/${place.repository}/releases/assets/${asset.id}`,
    browser_download_url: `${place.api}/${place.repository}/releases/download/${page}/${asset.name}`,
    id: asset.id,
    node_id: nodeId("RA", asset.id),
    name: asset.name,
    label: asset.label,
    state: asset.state,
    content_type: asset.contentType,
    size: asset.size,
    digest: asset.state === "uploaded" ? `sha256:${asset.sha256}` : null,
    download_count: 0,
    created_at: asset.created,
    updated_at: asset.created,
    uploader: renderUser(asset.uploader, place),
  }
}

/** What a caller may do with the repository. */
export interface Permission {
  readonly push: boolean
  readonly pull: boolean
}

/** The repository as the API shows it (schema `full-repository`). */
export function renderRepository(
  { repository, api }: Place,
  { permission, isPrivate }: { permission: Permission | undefined; isPrivate: boolean },
): object {
  const [owner = "", name = ""] = repository.split("/")
  const url = `${api}/repos/${repository}`
  const page = `${api}/${repository}`
  const born = "2026-01-01T00:00:00Z"
  const counts = ["forks", "forks_count", "open_issues", "open_issues_count", "size", "stargazers_count", "watchers"]
  const urls = ["archive", "assignees", "blobs", "branches", "collaborators", "comments", "commits", "compare"].concat(
    ["contents", "contributors", "deployments", "downloads", "events", "forks", "git_commits", "git_refs", "git_tags"],
    ["hooks", "issue_comment", "issue_events", "issues", "keys", "labels", "languages", "merges", "milestones"],
    ["notifications", "pulls", "releases", "stargazers", "statuses", "subscribers", "subscription", "tags", "teams"],
    ["trees"],
  )
  return {
    ...Object.fromEntries(urls.map((each) => [`${each}_url`, `${url}/${each}`])),
    ...Object.fromEntries([...counts, "watchers_count", "network_count", "subscribers_count"].map((each) => [each, 0])),
    id: 1,
    node_id: nodeId("R", 1),
    name,
    full_name: repository,
    owner: renderUser(owner, { repository, api, uploads: api }),
    private: isPrivate,
    html_url: page,
    description: null,
    fork: false,
    url,
    git_url: `git:${page.slice("http:".length)}.git`,
    ssh_url: `git@example.org:${repository}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    default_branch: "main",
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    archived: false,
    disabled: false,
    pushed_at: born,
    created_at: born,
    updated_at: born,
    ...(permission === undefined
      ? {}
      : { permissions: { admin: false, maintain: false, triage: permission.push, ...permission } }),
  }
}

function renderUser(login: string, { api }: Pick<Place, "api"> & Partial<Place>): object {
  const url = `${api}/users/${login}`
  const urls = ["followers", "following", "gists", "starred", "subscriptions", "organizations", "repos", "events"]
  return {
    ...Object.fromEntries([...urls, "received_events"].map((each) => [`${each}_url`, `${url}/${each}`])),
    login,
    id: 1,
    node_id: nodeId("U", 1),
    avatar_url: `${api}/avatars/${login}`,
    gravatar_id: "",
    url,
    html_url: `${api}/${login}`,
    type: "User",
    site_admin: false,
  }
}

function nodeId(kind: string, id: number): string {
  return `${kind}_${Buffer.from(`${id}`).toString("base64url")}`
}
