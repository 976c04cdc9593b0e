import type { Draft } from "../findings/normalise.js"
import type { Settings } from "../project/settings.js"

/** An advisory that a person excused, until a day. */
export type Excuse = Settings["audit"]["ignore"][number]

/** A known vulnerability of one release, whichever tool told of it. */
export interface Vulnerability {
  readonly tool: string
  readonly name: string
  readonly version: string
  /** The id that the tool gives it, then its other names. */
  readonly ids: readonly [string, ...string[]]
  readonly fixed: readonly string[]
  readonly description: string
  readonly severity: "high" | "critical"
}

/** What excuses are judged with. */
export interface Excuses {
  readonly ignore: readonly Excuse[]
  /** As `YYYY-MM-DD`, in UTC. */
  readonly today: string
}

/** Vulnerabilities as findings: an excuse that holds makes a note of one, and one that excuses nothing is remarked. */
export function judgeVulnerabilities(found: readonly Vulnerability[], excuses: Excuses): readonly Draft[] {
  const names = new Set(found.flatMap(({ ids }) => ids.map(canonical)))
  const idle = excuses.ignore.filter(({ id }) => !names.has(canonical(id)))
  return [...found.map((each) => judged(each, excuses)), ...idle.map(remarkOn)]
}

function judged(each: Vulnerability, { ignore, today }: Excuses): Draft {
  const { tool, name, version, ids, fixed, description, severity } = each
  const excuse = excuseFor(ids, ignore)
  const fix = fixed.length === 0 ? "no fixed version" : `fixed in ${fixed.join(", ")}`
  const base = {
    tool,
    rule: ids[0],
    subject: name,
    message: `${name} ${version}: ${ids.slice(0, 3).join(", ")}; ${fix}`,
    help:
      fixed.length === 0
        ? "replace the package, or excuse it: audit.ignore"
        : `require ${name}>=${fixed[0]}, and lock it`,
    ...(description === "" ? {} : { detail: description }),
  }
  if (excuse === undefined) return { ...base, severity }
  if (today <= excuse.expires) {
    return { ...base, severity: "note", help: `excused until ${excuse.expires}: ${excuse.reason}` }
  }
  return { ...base, severity, message: `${base.message}; its excuse expired on ${excuse.expires} (${excuse.reason})` }
}

/** The excuse of an advisory by any of its names; of several the one that holds longest. */
function excuseFor(ids: readonly string[], ignore: readonly Excuse[]): Excuse | undefined {
  const own = new Set(ids.map(canonical))
  return ignore.filter(({ id }) => own.has(canonical(id))).sort((a, b) => (a.expires < b.expires ? 1 : -1))[0]
}

function remarkOn({ id, reason }: Excuse): Draft {
  return {
    tool: "quillon",
    rule: "idle-excuse",
    severity: "note",
    subject: id,
    message: `the excuse for ${id} excuses nothing (${reason})`,
    help: `take ${id} out of audit.ignore`,
  }
}

function canonical(id: string): string {
  return id.toUpperCase()
}

/** One vulnerability for all that share a name: services tell of the same hole by the ids of several databases. */
export function mergeAliases(found: readonly Vulnerability[]): readonly Vulnerability[] {
  return found.reduce<readonly Vulnerability[]>((merged, next) => {
    const alike = merged.filter((known) => isSame(known, next))
    const [first = next] = alike
    const all = [...alike, next]
    const ids = [...new Set([first.ids[0], ...all.flatMap((each) => each.ids)])] as [string, ...string[]]
    const fixed = [...new Set(all.flatMap((each) => each.fixed))]
    return [...merged.filter((known) => !alike.includes(known)), { ...first, ids, fixed }]
  }, [])
}

function isSame(a: Vulnerability, b: Vulnerability): boolean {
  return a.name === b.name && a.version === b.version && a.ids.some((id) => b.ids.includes(id))
}
