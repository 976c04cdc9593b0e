/**
 * Seconds after which a server wants to be asked again (RFC 9110, 10.2.3); undefined where it does not say. Times are
 * compared with the server's own clock, its `Date`.
 */
export function retryAfterOf(headers: Headers): number | undefined {
  const said = headers.get("retry-after")
  if (said !== null) return /^\d+$/.test(said) ? Number(said) : secondsUntil(Date.parse(said), headers)
  // GitHub names the second at which the budget is full again.
  const reset = headers.get("x-ratelimit-remaining") === "0" ? headers.get("x-ratelimit-reset") : null
  return reset === null ? undefined : secondsUntil(Number(reset) * 1000, headers)
}

function secondsUntil(time: number, headers: Headers): number | undefined {
  const now = Date.parse(headers.get("date") ?? "")
  const seconds = Math.ceil((time - now) / 1000)
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined
}
