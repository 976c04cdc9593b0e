import type { Holder } from "./schema.js"

/** A holder for people: the page of a job, or a process and its machine. */
export function holderName(holder: Holder): string {
  return holder.kind === "job" ? holder.url : `process ${holder.pid} on ${holder.host}`
}
