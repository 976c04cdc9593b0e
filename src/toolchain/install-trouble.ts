import type { FailedExec } from "./error-chain.js"

/** What an installer's messages come to, in one line, and what to do. */
export interface InstallTrouble {
  readonly cause: "network" | "install"
  readonly reason: string
  readonly next: string
}

const AGAIN = "check the network and the setting index.url, then run again: this failure is not remembered"

/** A message that one installer writes, and what it means. The first that matches is taken. */
interface Sign {
  readonly pattern: RegExp
  readonly means: (found: RegExpExecArray, said: string) => InstallTrouble
}

const SIGNS: readonly Sign[] = [
  {
    pattern: /invalid peer certificate|UnknownIssuer|CERTIFICATE_VERIFY_FAILED/,
    means: (_, said) => ({
      cause: "network",
      reason: `the certificate of ${hostIn(said) ?? "the package index"} is not trusted in the container`,
      next: "put the authority's certificate where the engine reads it: /usr/local/share/ca-certificates",
    }),
  },
  {
    pattern: /\b(401 Unauthorized|403 Forbidden|40[13] Error, Credentials not correct)/,
    means: ([, status], said) => ({
      cause: "install",
      reason: `${urlIn(said) ?? "the package index"} refuses us: ${status}`,
      next: "set index.credential to the name of the secret with the index's credential",
    }),
  },
  {
    // uv
    pattern: /^ *cause: Hash mismatch for `(.+)`$/m,
    means: ([, what]) => ({
      cause: "install",
      reason: `the index serves other bytes for ${what} than were resolved`,
      next: "resolve again: --fresh resolve; if the lock is the project's own, renew it",
    }),
  },
  {
    pattern: /^error: Failed to build `(.+)`$/m,
    means: ([, what], said) => ({
      cause: "install",
      reason: `${what} has no wheel for this interpreter and could not be built${because(said)}`,
      next: "name the system packages that it needs in the setting apt, or require a version that has a wheel",
    }),
  },
  {
    pattern: /^hint: The structure of `(.+)` was invalid$/m,
    means: ([, what]) => ({
      cause: "install",
      reason: `the wheel of ${what} is damaged`,
      next: "build it again: --fresh build",
    }),
  },
  {
    pattern: /^ *cause: Because (.+?)(?:,? we can conclude that|,? and you require|$)/m,
    means: ([, why]) => ({
      cause: "install",
      reason: `cannot be installed: ${why}`,
      next: "change the requirement, or the interpreters in the setting python.versions",
    }),
  },
  {
    pattern: /^error: Request failed after \d+ retries/m,
    means: (_, said) => ({
      cause: "network",
      reason: `the package index could not be reached: ${urlIn(said) ?? "unknown address"}${lastCause(said)}`,
      next: AGAIN,
    }),
  },
  {
    // apt
    pattern: /^E: Failed to fetch (\S+) +(.*)$/m,
    means: ([, url, why]) => ({
      cause: "network",
      reason: `the distribution's packages could not be fetched: ${url} (${why})`,
      next: "check the network, then run again: this failure is not remembered",
    }),
  },
  {
    pattern: /^E: Unable to locate package (\S+)/m,
    means: ([, what]) => ({
      cause: "install",
      reason: `the image's distribution has no package ${what}`,
      next: "correct the name in the setting apt",
    }),
  },
  {
    pattern: /^packages\.py: (the image has no apt-get.*)$/m,
    means: ([, what]) => ({
      cause: "install",
      reason: what ?? "",
      next: "set images.python to an image of Debian or Ubuntu, or to one that has the packages",
    }),
  },
  {
    pattern: /^install_uv\.py: (\S+) answered (5\d\d .*)$/m,
    means: ([, url, status]) => ({
      cause: "network",
      reason: `the package index could not be reached: ${url}, ${status}`,
      next: AGAIN,
    }),
  },
  {
    // pip
    pattern:
      /(?:NewConnectionError|ConnectTimeoutError|ReadTimeoutError)\(.*?: (?:Failed to establish a new connection: )?(.+?)'\)/,
    means: ([, why]) => ({ cause: "network", reason: `the package index could not be reached: ${why}`, next: AGAIN }),
  },
  {
    pattern:
      /client error \(Connect\)|dns error|[Tt]emporary failure|Could not resolve|Connection (?:refused|reset|timed out)|HTTP status server error|50[234] (?:Service|Bad|Gateway)/,
    means: (found, said) => ({
      cause: "network",
      reason: `the network could not be reached: ${urlIn(said) ?? lineAround(said, found.index)}`,
      next: AGAIN,
    }),
  },
  {
    pattern: /^ERROR: (No matching distribution found for .+|.+)$/m,
    means: ([, why]) => ({ cause: "install", reason: `pip: ${why}`, next: "check the setting index.url" }),
  },
  {
    pattern: /^error: (.+)$/m,
    means: ([, why], said) => ({ cause: "install", reason: `uv: ${why}${lastCause(said)}`, next: AGAIN }),
  },
]

/** Reads what uv, pip or apt said when a set-up step failed; undefined where it is none of their messages. */
export function readInstallTrouble({ said }: Pick<FailedExec, "said">): InstallTrouble | undefined {
  for (const { pattern, means } of SIGNS) {
    const found = pattern.exec(said)
    if (found !== null) return means(found, said)
  }
  return undefined
}

function urlIn(said: string): string | undefined {
  return /https?:\/\/[^\s()'"<>]+/.exec(said)?.[0]
}

function hostIn(said: string): string | undefined {
  return urlIn(said)?.split("/")[2]
}

/** The innermost of uv's causes, which says what happened. */
function lastCause(said: string): string {
  const causes = [...said.matchAll(/^ *cause: (.+)$/gm)].map(([, text]) => text)
  return causes.length === 0 ? "" : ` (${causes.at(-1)})`
}

/** The first line of a build's output that names an error. */
function because(said: string): string {
  const body = said.slice(Math.max(0, said.indexOf("[stderr]")))
  const line = /^ *((?:[\w.]*[Ee]rror|fatal error): .+|.*: fatal error: .+)$/m.exec(body)?.[1]
  return line === undefined ? "" : `: ${line.trim()}`
}

function lineAround(text: string, index: number): string {
  const start = text.lastIndexOf("\n", index) + 1
  return text.slice(start, (text.indexOf("\n", index) + 1 || text.length + 1) - 1).trim()
}
