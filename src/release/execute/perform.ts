import type { Refusal, Written } from "../../targets/ports/written.js"
import type { Act, ActSight } from "./act.js"
import type { ActEnd, ActStop } from "./act-end.js"
import { createWaits, type Waits } from "./waits.js"
import type { ReleaseWorld } from "./world.js"

/** What an act is performed with. */
export interface Performance {
  readonly world: ReleaseWorld
  /** Milliseconds since 1970 at which a write of it may have been made that nobody heard of. */
  readonly begunAt: number | undefined
  /** Proves that the release is still ours and keeps that the write begins; called before each write. */
  begin(): Promise<ActStop | undefined>
}

/**
 * Performs one act: looks, writes only what is absent, and looks again as a reader would. A write whose answer was
 * lost is looked for until absence proves something, and only then made again.
 */
export async function perform(act: Act, { world, begunAt, begin }: Performance): Promise<ActEnd> {
  const { clock } = world
  const waits = createWaits(world)
  let doubtful = begunAt
  for (;;) {
    const sight = await lookWell(act.probe, act, waits)
    if (sight.kind !== "absent") return endOfSight(sight, act)
    const doubt = doubtful === undefined ? 0 : doubtful / 1_000 + act.settleSeconds - clock.now() / 1_000
    if (doubt > 0) {
      if (await waits.settle(doubt)) continue
      return { kind: "waiting", until: `${act.where} shows ${act.what}, or is known not to have got it` }
    }
    const stop = act.nature === "write" ? await begin() : undefined
    if (stop !== undefined) return stop
    const written = await act.apply()
    const end = await afterWrite(written, act, waits)
    if (end !== "again") return end
    if (written.kind === "lost") doubtful = clock.now()
  }
}

async function afterWrite(written: Written, act: Act, waits: Waits): Promise<ActEnd | "again"> {
  const retry = async (why: string, retryAfter?: number): Promise<"again" | ActStop> => {
    const reason = { what: act.what, why, ...(retryAfter === undefined ? {} : { retryAfter }) }
    return (await waits.again(reason)) ? "again" : { kind: "waiting", until: `${act.where} answers (${why})` }
  }
  switch (written.kind) {
    case "done":
      return verified({ kind: "done", receipt: { act: act.id, outcome: "done", ...written.receipt } }, act, waits)
    case "lost":
      return retry(written.why, written.retryAfter)
    case "waiting":
      if (act.nature === "trial" && (await retry(written.until)) === "again") return "again"
      return { kind: "waiting", until: written.until }
    case "refused":
      if (written.reason.kind === "rate-limited" || written.reason.kind === "unavailable") {
        return retry(written.reason.why, written.reason.retryAfter)
      }
      return refused(written.reason, act, waits)
  }
}

/** A target may refuse what it has already got: then it is done, however it came there. */
async function refused(
  reason: Exclude<Refusal, { kind: "rate-limited" | "unavailable" }>,
  act: Act,
  waits: Waits,
): Promise<ActEnd> {
  switch (reason.kind) {
    case "conflict": {
      const sight = await lookWell(act.probe, act, waits)
      return sight.kind === "identical" ? endOfSight(sight, act) : reason
    }
    case "moved":
    case "burnt":
      return reason
    case "denied":
      return { kind: "failed", why: reason.why, next: reason.next, blame: "surroundings" }
    case "invalid":
      return { kind: "failed", why: reason.why, next: reason.next, blame: "release" }
  }
}

/** Looks as a reader would until it is there; what lags is waited for, and never called failed. */
async function verified(done: ActEnd, act: Act, waits: Waits): Promise<ActEnd> {
  for (;;) {
    const sight = await lookWell(act.verify, act, waits)
    if (sight.kind === "identical") return done
    if (sight.kind !== "absent") return endOfSight(sight, act)
    if (!(await waits.settle(act.settleSeconds || 1)))
      return { kind: "waiting", until: `${act.where} shows ${act.what}` }
  }
}

/** Looks again where nobody answered. */
async function lookWell(look: () => Promise<ActSight>, act: Act, waits: Waits): Promise<ActSight> {
  for (;;) {
    const sight = await look()
    if (sight.kind !== "unreachable") return sight
    const { why, retryAfter } = sight
    const reason = { what: act.what, why, ...(retryAfter === undefined ? {} : { retryAfter }) }
    if (!(await waits.again(reason))) return sight
  }
}

/** What a look means that needs no write. */
export function endOfSight(sight: Exclude<ActSight, { kind: "absent" }>, act: Act): ActEnd {
  const { id, what, where } = act
  switch (sight.kind) {
    case "identical": {
      const link = sight.link === undefined ? {} : { link: sight.link }
      return { kind: "already-done", receipt: { act: id, outcome: "already-done", what, where, ...link } }
    }
    case "passed-over":
      return { kind: "passed-over", receipt: { act: id, outcome: "passed-over", what, where, why: sight.why } }
    case "different":
      return { kind: "conflict", detail: sight.detail }
    case "hidden":
      return {
        kind: "failed",
        why: sight.why,
        next: `give ${where} a credential that may look`,
        blame: "surroundings",
      }
    case "unreachable":
      return { kind: "waiting", until: `${where} answers (${sight.why})` }
  }
}
