import { type Answer, type Call, type Handler, text } from "../http/exchange.js"
import { BrokenConnection } from "../http/listen.js"
import type { FaultQueue, Strike } from "./fault.js"
import type { RequestLog } from "./request-log.js"

/**
 * Stands in front of a target: writes every request down and lets go wrong what a test asks for. A request that is held
 * before it was handed on is never handed on when its client dies meanwhile: the target has then not heard of it.
 */
export function withFaults(behind: Handler, { faults, log }: { faults: FaultQueue; log: RequestLog }): Handler {
  return async (call) => {
    const strike = faults.take(call)
    const early = strike === undefined ? undefined : await beforeForwarding(strike, call)
    if (early === "broken") {
      log.write({ forwarded: false, seen: "broken" }, call)
      throw new BrokenConnection()
    }
    if (early !== undefined) {
      log.write({ forwarded: false, seen: early.status }, call)
      return early
    }
    const answer = await behind({ ...call, signal: NEVER }).catch(unreachable)
    const late = strike !== undefined && (await isBrokenAfter(strike, call))
    log.write({ forwarded: true, status: answer.status, seen: late ? "broken" : answer.status }, call)
    if (late) throw new BrokenConnection()
    return answer
  }
}

/** What was handed on is finished, whoever waits for the answer: a server does not notice that a client died. */
const NEVER = new AbortController().signal

function unreachable(error: unknown): Answer {
  return text(502, `the server behind did not answer: ${error instanceof Error ? error.message : String(error)}`)
}

async function beforeForwarding({ fault, released }: Strike, call: Call): Promise<Answer | "broken" | undefined> {
  if (fault.kind === "answer") return fault.answer
  if (fault.kind === "pass" || fault.moment === "after") return undefined
  if (fault.kind === "drop") return "broken"
  await released
  return call.signal.aborted ? "broken" : undefined
}

async function isBrokenAfter({ fault, released }: Strike, call: Call): Promise<boolean> {
  if (fault.kind === "answer" || fault.kind === "pass" || fault.moment === "before") return false
  if (fault.kind === "drop") return true
  await released
  return call.signal.aborted
}
