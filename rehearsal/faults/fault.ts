import type { Answer, Call } from "../http/exchange.js"

/** Which requests a fault concerns. */
export interface Match {
  /** Any when absent. */
  readonly methods?: readonly string[]
  /** Tried on path and query; any when absent. */
  readonly target?: RegExp
}

/** When a fault strikes: before the server behind gets the request, or after it answered and before the client knows. */
export type Moment = "before" | "after"

/** What goes wrong with a request. */
export type Fault = Match & {
  /** Requests that it strikes; 1 when absent. */
  readonly times?: number
} & (
    | { readonly kind: "hold"; readonly moment: Moment }
    | { readonly kind: "drop"; readonly moment: Moment }
    /** Nothing goes wrong: leaves the faults that were added later for the requests that come later. */
    | { readonly kind: "pass" }
    /** Answered in place of the server behind: 503 for a while, 429 with `retry-after`. */
    | { readonly kind: "answer"; readonly answer: Answer }
  )

/** A fault that waits for its requests. */
export interface ArmedFault {
  /** Requests that it has struck so far. */
  struck(): number
  /** Settles when a request is struck for the first time: with a `hold`, when one stands at the barrier. */
  readonly reached: Promise<void>
  /** Lets requests go that are held, and strikes no more. */
  release(): void
}

/** The faults of one target. */
export interface Faults {
  add(fault: Fault): ArmedFault
  /** Lets everything go and forgets all faults. */
  clear(): void
}

/** A fault that strikes a call. */
export interface Strike {
  readonly fault: Fault
  /** Settles when a held request may go on, which is also when its client went away. */
  readonly released: Promise<void>
}

/** Takes the fault of a call, where there is one; each fault is taken as often as it says. */
export interface FaultQueue extends Faults {
  take(call: Call): Strike | undefined
}

/** Faults of a target; none at first. */
export function createFaults(): FaultQueue {
  const armed: Armed[] = []
  return {
    add(fault) {
      const made = arm(fault)
      armed.push(made)
      return made.handle
    },
    clear() {
      for (const { handle } of armed.splice(0)) handle.release()
    },
    take(call) {
      const hit = armed.find((each) => each.left() > 0 && concerns(each.fault, call))
      return hit?.strike(call)
    },
  }
}

function concerns({ methods, target }: Match, call: Call): boolean {
  return (methods === undefined || methods.includes(call.method)) && (target === undefined || target.test(call.target))
}

interface Armed {
  readonly fault: Fault
  readonly handle: ArmedFault
  left(): number
  strike(call: Call): Strike
}

function arm(fault: Fault): Armed {
  let left = fault.times ?? 1
  let struck = 0
  let reach: () => void = () => {}
  let letGo: () => void = () => {}
  const reached = new Promise<void>((resolve) => {
    reach = resolve
  })
  const open = new Promise<void>((resolve) => {
    letGo = resolve
  })
  return {
    fault,
    handle: {
      struck: () => struck,
      reached,
      release() {
        left = 0
        letGo()
      },
    },
    left: () => left,
    strike({ signal }) {
      left -= 1
      struck += 1
      reach()
      const gone = new Promise<void>((resolve) => {
        if (signal.aborted) resolve()
        else signal.addEventListener("abort", () => resolve(), { once: true })
      })
      return { fault, released: Promise.race([open, gone]) }
    },
  }
}
