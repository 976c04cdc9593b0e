import type { ServerName } from "./access.js"
import type { RequestLog } from "./faults/request-log.js"

/** Requests that a server has got since the rehearsal began. */
export interface RequestCounts {
  readonly reads: number
  readonly writes: number
}

const READS = new Set(["GET", "HEAD"])

/** Counts each server's requests; those that only ask are reads. */
export function countsOf(
  logs: Readonly<Record<ServerName, Pick<RequestLog, "read">>>,
): Readonly<Record<ServerName, RequestCounts>> {
  const counted = Object.entries(logs).map(([name, log]) => {
    const methods = log.read().map(({ method }) => method)
    const reads = methods.filter((method) => READS.has(method)).length
    return [name, { reads, writes: methods.length - reads }]
  })
  return Object.fromEntries(counted) as Readonly<Record<ServerName, RequestCounts>>
}
