import type { Artifact } from "./artifact.js"
import { type Attempt, type AttemptInput, attemptCell } from "./attempt.js"
import type { Address } from "./cell.js"
import { reportOfRun } from "./cell-report.js"
import type { Node } from "./graph.js"
import { judge } from "./judge.js"
import type { Outcome } from "./outcome.js"
import type { CellReport } from "./report.js"
import { deservesRetry } from "./retry.js"
import type { World } from "./world.js"

/** A cell that ran to its end. */
export interface CellEnd {
  /** Follows when files were kept and the engine's spans have come; no cell that takes from this one waits for it. */
  readonly report: Promise<CellReport>
  readonly outcome: Outcome
  readonly looked: boolean
  readonly artifacts: readonly Artifact[]
}

/** Runs one cell: attempts, the gate, what is kept. */
export async function runCell(world: World, node: Node, use: Omit<AttemptInput, "node" | "nonce">): Promise<CellEnd> {
  const { address } = node
  const began = world.clock()
  let made = 0
  let nonce = world.salts?.recall(address)
  let attempt: Attempt
  let cached: Promise<boolean | null>
  for (;;) {
    made += 1
    world.emit({ kind: "cell-started", address, at: world.clock(), attempt: made })
    attempt = await attemptCell(world, { node, ...use, ...(nonce === undefined ? {} : { nonce }) })
    cached = witnessed(world, address, attempt)
    if (attempt.reading.kind !== "errored" || !deservesRetry(attempt, made, await cached)) break
    if (world.signal.aborted) break
    world.emit({ kind: "cell-retried", address, at: world.clock(), reason: attempt.reading.reason })
    nonce = world.nonce()
  }
  if (made > 1 && nonce !== undefined && attempt.reading.kind === "looked") world.salts?.remember(address, nonce)
  const seconds = (world.clock() - began) / 1000
  const kept = world.store?.keep(address, attempt.steps)
  const judgement = judge(node, attempt, world.settings)
  return {
    report: Promise.all([cached, kept]).then(([known]) =>
      reportOfRun({ node, attempt, judgement, attempts: made, began, seconds, cached: known }),
    ),
    outcome: judgement.outcome,
    looked: attempt.reading.kind === "looked",
    artifacts: attempt.artifacts,
  }
}

async function witnessed(world: World, address: Address, attempt: Attempt): Promise<boolean | null> {
  if (attempt.thrown !== undefined || world.witness === undefined) return null
  return world.witness.cached(
    address,
    attempt.executions.map(({ command }) => command),
  )
}
