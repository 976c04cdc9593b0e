import type { ReleasePolicy } from "../policy-settings.js"

/** A forge whose pages notes can link to. */
export type ForgeKind = "github" | "gitlab"

/** The pages of a repository. */
export interface Forge {
  readonly kind: ForgeKind
  /** Address of the repository's page, without slash at the end. */
  readonly url: string
}

const SCP = /^(?:[^@/:]+@)?([^/:]+):(?!\/\/)(.+)$/

/**
 * Finds the repository's page: from the settings, else from the address of the git remote. A user name or token in
 * that address is left out. Null where nobody says whose form the links have.
 */
export function findForge(remote: string | null, links: ReleasePolicy["links"]): Forge | null {
  if (links.forge === "none") return null
  const url = links.url?.replace(/\/+$/, "") ?? (remote === null ? undefined : pageOf(remote))
  if (url === undefined) return null
  const kind = links.forge === "auto" ? kindOf(url) : links.forge
  return kind === undefined ? null : { kind, url }
}

function pageOf(remote: string): string | undefined {
  const scp = SCP.exec(remote)
  const [host, path] = scp === null || remote.includes("://") ? partsOf(remote) : [scp[1], scp[2]]
  const clean = path?.replace(/^\/+|\/+$/g, "").replace(/\.git$/, "")
  return host && clean ? `https://${host}/${clean}` : undefined
}

function partsOf(remote: string): readonly [string?, string?] {
  if (!/^(?:https?|ssh|git|git\+ssh):\/\//.test(remote) || !URL.canParse(remote)) return []
  const { protocol, hostname, host, pathname } = new URL(remote)
  return [protocol.startsWith("http") ? host : hostname, pathname]
}

function kindOf(url: string): ForgeKind | undefined {
  const host = URL.canParse(url) ? new URL(url).hostname : ""
  if (/(^|\.)github\./.test(host)) return "github"
  return /(^|\.)gitlab\./.test(host) ? "gitlab" : undefined
}

/** The page of a commit. */
export function commitUrl({ kind, url }: Forge, hash: string): string {
  return `${url}${kind === "gitlab" ? "/-" : ""}/commit/${hash}`
}

/** The page of an issue; of another repository on the same host where one is named. */
export function issueUrl({ kind, url }: Forge, { issue, repository }: { issue: string; repository?: string }): string {
  const base = repository === undefined ? url : `${new URL(url).origin}/${repository}`
  return `${base}${kind === "gitlab" ? "/-" : ""}/issues/${issue}`
}

/** The page that compares two tags. */
export function compareUrl({ kind, url }: Forge, { from, to }: { from: string; to: string }): string {
  return `${url}${kind === "gitlab" ? "/-" : ""}/compare/${encodeURIComponent(from)}...${encodeURIComponent(to)}`
}
