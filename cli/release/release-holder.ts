import { hostname } from "node:os"
import type { Holder } from "../../src/release/journal/schema.js"
import type { Io } from "../io.js"

/** Who carries a release out here: a CI job by its page, else this process. */
export function releaseHolder(env: Io["env"], { id, pid }: { readonly id: string; readonly pid: number }): Holder {
  const url = jobUrl(env)
  return url === undefined ? { kind: "process", id, host: hostname(), pid } : { kind: "job", id, url }
}

function jobUrl(env: Io["env"]): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run, CI_JOB_URL: gitlab } = env
  if (env.GITHUB_ACTIONS !== "true" || !server || !repository || !run) return gitlab || undefined
  return `${server}/${repository}/actions/runs/${run}/attempts/${env.GITHUB_RUN_ATTEMPT ?? "1"}`
}

/** What is known of other holders: who asks, and which processes run here. */
export interface HolderFacts {
  readonly self: Holder
  readonly isAlive: (pid: number) => boolean
}

/**
 * Whether a holder has ended. A process of this machine whose number nobody has is gone; a number that somebody has may
 * be another's by now, so that it proves nothing but is taken for alive. An attempt of GitHub's run that asks has ended
 * when a later one is under way. Of other jobs and other machines nobody knows.
 */
export function fateOf(holder: Holder, { self, isAlive }: HolderFacts): "alive" | "ended" | "unknown" {
  if (holder.kind === "job") return self.kind === "job" && isLater(self.url, holder.url) ? "ended" : "unknown"
  if (holder.host !== hostname()) return "unknown"
  return isAlive(holder.pid) ? "alive" : "ended"
}

/** GitHub begins no attempt before the one before it has ended. */
function isLater(own: string, other: string): boolean {
  const [mine, theirs] = [own, other].map((url) => /^(.*\/actions\/runs\/\d+)\/attempts\/(\d+)$/.exec(url))
  return mine != null && theirs != null && mine[1] === theirs[1] && Number(mine[2]) > Number(theirs[2])
}
