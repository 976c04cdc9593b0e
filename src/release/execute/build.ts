import type { Trouble } from "../../targets/ports/target.js"
import { forgetBuilt, recordBuilt } from "../journal/transitions.js"
import type { ActStop } from "./act-end.js"
import type { ReleaseRecord } from "./acts.js"
import type { Keeper } from "./keeper.js"
import { isSettled, lookAhead, type Seen, type Sights } from "./look-ahead.js"
import { withdrawDraft } from "./withdraw.js"
import type { Needed } from "./workshop.js"
import type { ReleaseWorld } from "./world.js"

/** What the build step gave: bytes at hand and what is there already, or why not. */
export type Ready =
  | { readonly kind: "ready"; readonly record: ReleaseRecord; readonly seen: readonly Seen[] }
  | { readonly kind: "gate"; readonly why: string; readonly next: string }
  | { readonly kind: "stop"; readonly stop: ActStop }

interface Circumstances {
  readonly keeper: Keeper
  readonly world: ReleaseWorld
  /** Whether something was written that stays: from then on nothing is ever built to other bytes. */
  readonly permanent: boolean
  /** What was just looked at. */
  readonly sights: Sights
}

/**
 * Makes what ships be at hand. Built once; on another machine it is fetched, or built again to the same digests. Bytes
 * that nobody has any more are built anew while nothing permanent has happened.
 */
export async function makeReady(circumstances: Circumstances): Promise<Ready> {
  const { keeper, world, permanent, sights } = circumstances
  const { built } = keeper.journal()
  if (built === null) return permanent ? lostDigests() : build(circumstances)
  const record = { ...keeper.journal(), built }
  const seen = await lookAhead(record, world.targets, sights)
  const needed = neededBy(seen)
  if (needed.artifacts.length === 0 && needed.image === null) return { kind: "ready", record, seen }
  const brought = await world.workshop.bring(needed, { plan: record.plan, release: record.commit })
  switch (brought.kind) {
    case "at-hand":
      return { kind: "ready", record, seen }
    case "could-not-look":
      return stopFor(brought)
    case "gone":
      if (permanent) return stopFor({ why: brought.why, next: "resume it on the machine that built it" })
      return buildAnew(circumstances)
  }
}

async function build({ keeper, world }: Circumstances): Promise<Ready> {
  const { plan, commit } = keeper.journal()
  const step = plan.steps.find(({ id }) => id === "build")
  if (step !== undefined) world.emit({ kind: "step-started", step })
  const end = await world.workshop.build({ plan, release: commit })
  const told = { built: "done", failed: "failed", "could-not-look": "waiting" } as const
  if (step !== undefined) world.emit({ kind: "step-finished", step, end: told[end.kind] })
  switch (end.kind) {
    case "failed":
      return { kind: "gate", why: end.why, next: end.next }
    case "could-not-look":
      return stopFor(end)
    case "built": {
      const { built } = end
      for (const { cell, why } of built.allowed) world.emit({ kind: "trouble", trouble: allowed(cell, why) })
      const stop = await keeper.save((journal, writing) => recordBuilt(journal, built, writing))
      return stop === undefined
        ? { kind: "ready", record: { ...keeper.journal(), built }, seen: [] }
        : { kind: "stop", stop }
    }
  }
}

function allowed(cell: string, why: string): Trouble {
  const next = "release.allowedFailures lets it; the notes and the receipt name it"
  return { target: cell, what: why, next, kind: "remark" }
}

/** The old draft holds bytes that will not ship, so it goes first. */
async function buildAnew(circumstances: Circumstances): Promise<Ready> {
  const { keeper, world } = circumstances
  const stop = (await withdrawDraft(keeper, world)) ?? (await keeper.save(forgetBuilt))
  return stop === undefined ? build(circumstances) : { kind: "stop", stop }
}

/** Bytes of acts that still have to write. */
function neededBy(seen: readonly Seen[]): Needed {
  const open = seen.filter(({ sight }) => !isSettled(sight)).map(({ act }) => act.bytes)
  const artifacts = open.flatMap(({ artifact }) => (artifact === undefined ? [] : [artifact]))
  return {
    artifacts: [...new Map(artifacts.map((each) => [each.sha256, each])).values()],
    image: open.find(({ image }) => image !== undefined)?.image ?? null,
  }
}

function stopFor({ why, next }: { readonly why: string; readonly next: string }): Ready {
  return { kind: "stop", stop: { kind: "failed", why, next, blame: "surroundings" } }
}

function lostDigests(): Ready {
  return stopFor({ why: "the journal of a pushed release has no digests", next: "look at the journal's ref" })
}
