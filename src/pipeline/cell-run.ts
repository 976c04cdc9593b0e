import type { Artifact } from "./artifact.js"
import { type Attempt, attemptCell } from "./attempt.js"
import { reportOfRun } from "./cell-report.js"
import type { Node } from "./graph.js"
import type { Given } from "./inputs.js"
import { judge } from "./judge.js"
import type { Outcome } from "./outcome.js"
import type { CellReport } from "./report.js"
import { deservesRetry } from "./retry.js"
import type { RunOptions, World } from "./world.js"

/** A cell that ran to its end. */
export interface CellEnd {
  readonly report: CellReport
  readonly outcome: Outcome
  readonly looked: boolean
  readonly artifacts: readonly Artifact[]
}

/** Runs one cell: attempts, the gate, what is kept. */
export async function runCell(world: World, node: Node, use: { given: Given; options: RunOptions }): Promise<CellEnd> {
  const { address } = node
  const began = world.clock()
  let made = 0
  let nonce = world.salts?.recall(address)
  let attempt: Attempt
  let cached: boolean | null
  for (;;) {
    made += 1
    world.emit({ kind: "cell-started", address, at: world.clock(), attempt: made })
    attempt = await attemptCell(world, { node, ...use, ...(nonce === undefined ? {} : { nonce }) })
    cached = attempt.thrown === undefined ? ((await world.witness?.cached(address)) ?? null) : null
    if (attempt.reading.kind !== "errored" || !deservesRetry(attempt, made, cached)) break
    world.emit({ kind: "cell-retried", address, at: world.clock(), reason: attempt.reading.reason })
    nonce = world.nonce()
  }
  if (made > 1 && nonce !== undefined && attempt.reading.kind === "looked") world.salts?.remember(address, nonce)
  const seconds = (world.clock() - began) / 1000
  await world.store?.keep(address, attempt.steps)
  const judgement = judge(node, attempt, world.settings)
  const report = reportOfRun({ node, attempt, judgement, attempts: made, seconds, cached })
  return {
    report,
    outcome: judgement.outcome,
    looked: attempt.reading.kind === "looked",
    artifacts: attempt.artifacts,
  }
}
