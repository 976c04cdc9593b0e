import type { Unseen } from "../../../src/targets/ports/sight.js"
import type { Refused } from "../../../src/targets/ports/written.js"

/** What can happen to one request. */
export type Fault =
  /** The process is killed: before its request arrived, or after the server had done what was asked. */
  | { readonly kind: "crash"; readonly moment: "before" | "after" }
  /** The server did it, and the answer never came. */
  | { readonly kind: "answer-lost" }
  /** The request never arrived, and nobody knows. */
  | { readonly kind: "request-lost" }
  | { readonly kind: "rate-limited"; readonly retryAfter?: number }
  | { readonly kind: "unavailable"; readonly retryAfter?: number }
  | { readonly kind: "denied" }

/** A request as a server's log has it. */
export interface Request {
  readonly verb: "look" | "write"
  readonly process: string
  readonly where: string
  readonly what: string
}

/** Thrown in a process that was killed: no code of its own runs after it. */
export class Killed extends Error {
  override readonly name = "Killed"
}

/** How one process reaches the servers. */
export interface Wire {
  look<T>(where: string, what: string, answer: () => T): Promise<T | Unseen>
  write<T>(
    where: string,
    what: string,
    effect: () => T,
  ): Promise<T | Refused | { readonly kind: "lost"; readonly why: string }>
}

/** Servers with a clock, a log, and faults that a test wishes. */
export interface Network {
  /** Requests that arrived, in order. */
  readonly log: Request[]
  /** Milliseconds since 1970; moves only when somebody sleeps. */
  now(): number
  sleep(milliseconds: number): Promise<void>
  /** Chooses the fault of a request by its number (from 0, over all processes) and kind. */
  wish(fault: (request: Request, number: number) => Fault | undefined): void
  /** How many requests were made. */
  count(): number
  connect(process: string): Wire
}

export function createNetwork(start = Date.UTC(2026, 10, 24, 12)): Network {
  const log: Request[] = []
  let time = start
  let requests = 0
  let chosen: (request: Request, number: number) => Fault | undefined = () => undefined

  function connect(process: string): Wire {
    let alive = true
    const die = (): never => {
      alive = false
      throw new Killed(`${process} was killed`)
    }
    /** Carries a request to the server. The answer is undefined where it was lost. */
    function carry<T>(request: Request, act: () => T): { readonly answer?: T; readonly fault?: Fault } {
      if (!alive) die()
      const fault = chosen(request, requests)
      requests += 1
      if (fault?.kind === "crash" && fault.moment === "before") die()
      if (fault !== undefined && fault.kind !== "crash" && fault.kind !== "answer-lost") return { fault }
      log.push(request)
      const answer = act()
      if (fault?.kind === "crash") die()
      return fault === undefined ? { answer } : { fault }
    }
    return {
      async look(where, what, answer) {
        const got = carry({ verb: "look", process, where, what }, answer)
        if (got.fault === undefined) return got.answer as ReturnType<typeof answer>
        return got.fault.kind === "denied"
          ? { kind: "hidden", why: `${where}: no permission to look` }
          : { kind: "unreachable", why: `${where}: ${got.fault.kind}`, ...retryAfter(got.fault) }
      },
      async write(where, what, effect) {
        const got = carry({ verb: "write", process, where, what }, effect)
        if (got.fault === undefined) return got.answer as ReturnType<typeof effect>
        return refusalOf(where, got.fault)
      },
    }
  }

  return {
    log,
    now: () => time,
    sleep: async (milliseconds) => {
      time += milliseconds
    },
    wish: (fault) => {
      chosen = fault
    },
    count: () => requests,
    connect,
  }
}

function refusalOf(where: string, fault: Fault): Refused | { readonly kind: "lost"; readonly why: string } {
  const why = `${where}: ${fault.kind}`
  switch (fault.kind) {
    case "rate-limited":
    case "unavailable":
      return { kind: "refused", reason: { kind: fault.kind, why, ...retryAfter(fault) } }
    case "denied":
      return { kind: "refused", reason: { kind: "denied", why, next: `give ${where} a token` } }
    default:
      return { kind: "lost", why }
  }
}

function retryAfter(fault: Fault): { readonly retryAfter?: number } {
  return "retryAfter" in fault && fault.retryAfter !== undefined ? { retryAfter: fault.retryAfter } : {}
}

/** Whether nobody could look. */
export function isUnseen(answer: object): answer is Unseen {
  return "kind" in answer && (answer.kind === "hidden" || answer.kind === "unreachable")
}
