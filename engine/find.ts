import type { Problem } from "../src/errors.js"

/** Container runtimes through which Dagger starts an engine by itself, in the order in which it is asked. */
export const RUNTIMES = ["docker", "podman", "nerdctl"] as const

/** One of them. */
export type Runtime = (typeof RUNTIMES)[number]

/** What a door knows when it looks for its engine. */
export interface FindFacts {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Variables of our own engine, when it runs. */
  readonly own: Readonly<Record<string, string>> | undefined
  /** Runtimes whose daemon answered. */
  readonly runtimes: readonly Runtime[]
  /** What stands in the way of `engine up` on this machine; undefined when it can work. */
  readonly obstacle: Problem | undefined
  /** `yes` by flag or command, `ask` where a person sits at a terminal, `no` elsewhere. */
  readonly mayBuild: "yes" | "ask" | "no"
}

/** Where a door finds its engine. */
export type FoundEngine =
  | { readonly kind: "session" }
  | { readonly kind: "runner"; readonly host: string }
  | { readonly kind: "own"; readonly env: Readonly<Record<string, string>> }
  | { readonly kind: "runtime"; readonly runtime: Runtime }
  | { readonly kind: "build"; readonly consent: "given" | "ask" }
  | { readonly kind: "none"; readonly problem: Problem }

/** Decides where the engine is: the session we are in, the one that was named, our own, a container runtime's, one to be built, none. */
export function findEngine(facts: FindFacts): FoundEngine {
  const { env } = facts
  if (filled(env.DAGGER_SESSION_PORT) && filled(env.DAGGER_SESSION_TOKEN)) return { kind: "session" }
  const host = env._EXPERIMENTAL_DAGGER_RUNNER_HOST
  if (filled(host)) return { kind: "runner", host }
  if (facts.own !== undefined) return { kind: "own", env: facts.own }
  const runtime = RUNTIMES.find((name) => facts.runtimes.includes(name))
  if (runtime !== undefined) return { kind: "runtime", runtime }
  if (facts.obstacle !== undefined) return { kind: "none", problem: noEngine(env, facts.obstacle) }
  if (facts.mayBuild === "yes") return { kind: "build", consent: "given" }
  if (facts.mayBuild === "ask") return { kind: "build", consent: "ask" }
  return { kind: "none", problem: noEngine(env, undefined) }
}

function noEngine(env: FindFacts["env"], obstacle: Problem | undefined): Problem {
  const why = obstacle === undefined ? "" : `, and none can be built here: ${obstacle.message}`
  return {
    code: "NO_ENGINE",
    message: `no Dagger engine: no session, none named, no ${RUNTIMES.join(", ")} that answers${why}`,
    next: nextInCi(env) ?? obstacle?.next ?? "quillon engine up",
    kind: "environment",
  }
}

/** A job can't be asked, and who reads its log changes the job. */
function nextInCi(env: FindFacts["env"]): string | undefined {
  if (env.GITLAB_CI === "true") {
    return "use a privileged runner with the service docker:dind, or name an engine in ci.runner-host"
  }
  if (!filled(env.CI) || env.CI === "false") return undefined
  return "use a runner with Docker, name an engine in ci.runner-host, or as root: quillon ci --engine=build"
}

function filled(value: string | undefined): value is string {
  return value !== undefined && value !== ""
}
