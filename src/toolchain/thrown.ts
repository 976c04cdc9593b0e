import type { CouldNotLook } from "../pipeline/reading.js"
import { type ErrorFacts, type FailedExec, readErrorChain } from "./error-chain.js"
import { readInstallTrouble } from "./install-trouble.js"

/** Why the engine threw in place of giving a result. */
export type ThrownCause =
  | "image-missing"
  | "network"
  | "install"
  | "engine-lost"
  | "out-of-disk"
  | "service"
  | "unknown"

/** A cell that could not look, because the engine threw. */
export interface CouldNotLookThrown extends CouldNotLook {
  readonly cause: ThrownCause
  /** The image that could not be had. */
  readonly image?: string
}

const NODE_NETWORK_CODES = ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOENT", "UND_ERR_SOCKET"]
const LOST =
  /other side closed|socket hang up|http do: Post \\?"http:\/\/dagger\/|code = Unavailable|transport is closing/
const FULL = /No space left on device|ENOSPC|disk quota exceeded/i
const IMAGE = /failed to resolve image "([^"]+)".*?\): (.*)$/s
/** Said of the `FROM` of a Dockerfile. */
const BASE_IMAGE =
  /^failed to convert Dockerfile to LLB: (?!target stage|dockerfile parse)(\S+): ((?:failed to|\S+:).*)$/s
const DETAIL_LINES = 20

/** Says in one line what an error of the engine means and what to do about it. Pure. */
export function classifyThrown(error: unknown): CouldNotLookThrown {
  const facts = readErrorChain(error)
  if (FULL.test(facts.exec?.said ?? "") || facts.messages.some((message) => FULL.test(message))) return outOfDisk(facts)
  const service = serviceTrouble(facts)
  if (service !== undefined) return service
  if (facts.exec !== undefined) return setupFailed(facts.exec)
  return imageTrouble(facts) ?? engineLost(facts) ?? unknown(facts)
}

function outOfDisk({ messages, exec }: ErrorFacts): CouldNotLookThrown {
  return {
    kind: "errored",
    cause: "out-of-disk",
    reason: "the engine's disk is full",
    next: "free space where the engine keeps its state, e.g. with: dagger core engine local-cache prune",
    ...detailOf(exec?.said ?? messages[0] ?? ""),
  }
}

/** The engine names a service that did not start by the host name under which the step knows it. */
function serviceTrouble({ messages, exec }: ErrorFacts): CouldNotLookThrown | undefined {
  const [, host, unhealthy] =
    messages.map((message) => /^start \S+ \(aliased as (\S+)\): (health check)?/.exec(message)).find(Boolean) ?? []
  if (host === undefined) return undefined
  const code = exec === undefined ? "" : ` (exit code ${exec.exitCode})`
  return {
    kind: "errored",
    cause: "service",
    reason: unhealthy ? `the service ${host} did not get healthy${code}` : `the service ${host} did not start${code}`,
    next: `check services.${host} in the settings of the stage: ${unhealthy ? "its health command and time-out" : "its image, arguments and environment"}`,
    ...detailOf(exec?.said ?? ""),
  }
}

function setupFailed(exec: FailedExec): CouldNotLookThrown {
  const trouble = readInstallTrouble(exec)
  if (trouble !== undefined) return { kind: "errored", ...trouble, ...detailOf(exec.said) }
  const ending = exec.exitCode > 128 ? `was ended by signal ${exec.exitCode - 128}` : `ended with code ${exec.exitCode}`
  const program = exec.argv.find((word) => !word.startsWith("-") && word.endsWith(".py")) ?? exec.argv[0] ?? "a step"
  return {
    kind: "errored",
    cause: "unknown",
    reason: `setting up the container failed: ${program} ${ending}`,
    ...detailOf(exec.said),
  }
}

function imageTrouble({ messages }: ErrorFacts): CouldNotLookThrown | undefined {
  const found = messages.map((message) => IMAGE.exec(message) ?? BASE_IMAGE.exec(message)).find(Boolean)
  const [, address = "", why = ""] = found ?? []
  if (!found) return undefined
  const image = address.replace(/^docker\.io\/(library\/)?/, "")
  if (/: not found$|manifest unknown|name unknown|pull access denied|repository does not exist/i.test(why)) {
    return {
      kind: "errored",
      cause: "image-missing",
      image,
      reason: `there is no image ${image}`,
      next: "choose interpreters that have one with python.versions, or another image with images.python",
    }
  }
  return {
    kind: "errored",
    cause: "network",
    image,
    reason: `the image ${image} could not be pulled: ${lastOf(why)}`,
    next: "check the network and the settings images.registry and images.python, then run again",
  }
}

function engineLost({ messages, codes }: ErrorFacts): CouldNotLookThrown | undefined {
  const broken = codes.some((code) => NODE_NETWORK_CODES.includes(code))
  if (!broken && !messages.some((message) => LOST.test(message))) return undefined
  return {
    kind: "errored",
    cause: "engine-lost",
    reason: "the connection to the engine broke: it ended, was stopped or can't be reached",
    next: "look at it with: quillon engine status, then run again: what was done is remembered",
    ...detailOf(messages.at(-1) ?? ""),
  }
}

function unknown({ messages }: ErrorFacts): CouldNotLookThrown {
  const [first = "the engine gave no reason"] = messages
  const [line = first] = first.split("\n")
  return { kind: "errored", cause: "unknown", reason: `the engine: ${line}`, ...detailOf(messages.join("\n")) }
}

/** Go joins causes with colons; the last two say what happened. */
function lastOf(chain: string): string {
  return chain.split(": ").slice(-2).join(": ")
}

function detailOf(text: string): { readonly detail?: string } {
  const lines = text.trimEnd().split("\n").slice(-DETAIL_LINES)
  return text.trim() === "" ? {} : { detail: lines.join("\n") }
}
