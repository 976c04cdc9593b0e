import type { Handler } from "./exchange.js"

/**
 * Makes a queue for handlers that share a state: each call is answered after those that came before, so that what a call
 * reads is not changed while it waits.
 */
export function createQueue(): (behind: Handler) => Handler {
  let before: Promise<unknown> = Promise.resolve()
  return (behind) => (call) => {
    const answer = before.then(() => behind(call))
    before = answer.catch(() => {})
    return answer
  }
}
