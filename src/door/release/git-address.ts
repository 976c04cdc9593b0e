const SCP = /^(?:([^@/:]+)@)?([^/:]+):(?!\/\/)(.+)$/

/**
 * The address of a remote for a container, without password: `git@host:path` is written as `ssh://git@host/path`. Where
 * there is a token, an SSH address becomes the `https` one of the same repository. A folder stays what it is. Pure.
 */
export function gitAddress(remote: string, wish: "https" | "as-it-is"): string {
  const scp = remote.includes("://") ? null : SCP.exec(remote)
  const text = scp === null ? remote : `ssh://${scp[1] ?? "git"}@${scp[2]}/${scp[3]?.replace(/^\/+/, "")}`
  if (!URL.canParse(text)) return text
  const url = new URL(text)
  url.password = ""
  if (!url.protocol.startsWith("ssh") && url.protocol !== "git+ssh:") {
    url.username = ""
    return url.href
  }
  return wish === "https" ? `https://${url.hostname}${url.pathname}` : url.href.replace(/^git\+ssh:/, "ssh:")
}
