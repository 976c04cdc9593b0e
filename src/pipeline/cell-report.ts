import type { Finding } from "../findings/finding.js"
import { isBetweenStages } from "./artifact.js"
import type { Attempt } from "./attempt.js"
import type { Node } from "./graph.js"
import type { Judgement } from "./judge.js"
import type { CellReport } from "./report.js"

/** What the report says of a cell that ran. */
export interface RanCell {
  readonly node: Node
  readonly attempt: Attempt
  readonly judgement: Judgement
  readonly attempts: number
  /** Milliseconds since 1970. */
  readonly began: number
  readonly seconds: number
  readonly cached: boolean | null
}

/** Writes down a cell that ran. Pure. */
export function reportOfRun({ node, attempt, judgement, attempts, began, seconds, cached }: RanCell): CellReport {
  const { reading, artifacts } = attempt
  const looked = reading.kind === "looked" ? reading : undefined
  const { verdict } = judgement
  return {
    ...emptyCell(node),
    ...wordsOf(judgement),
    started: new Date(began).toISOString(),
    seconds,
    cached,
    attempts,
    tools: [...(looked?.tools ?? [])],
    measures: { ...looked?.measures },
    ...(verdict === undefined ? {} : { gate: verdict }),
    findings: (looked?.findings ?? []).map((finding: Finding) => ({ ...finding })),
    artifacts: artifacts.flatMap(({ kind, files }) =>
      (isBetweenStages(kind) ? [] : files).map(({ path, sha256, bytes }) => ({
        path: `artifacts/${node.address}/${kind}/${path}`,
        sha256,
        bytes,
      })),
    ),
  }
}

/** Writes down a cell that never ran. Pure. */
export function reportOfSkip(node: Node, judgement: Judgement): CellReport {
  return { ...emptyCell(node), ...wordsOf(judgement) }
}

function emptyCell(node: Node): CellReport {
  return {
    stage: node.stage.name,
    cell: node.cell.key,
    title: node.stage.title,
    after: node.edges.flatMap(({ from }) => from),
    outcome: "skipped",
    seconds: 0,
    cached: null,
    attempts: 0,
    tools: [],
    measures: {},
    findings: [],
    artifacts: [],
  }
}

function wordsOf({ outcome }: Judgement): Pick<CellReport, "outcome" | "reason" | "next" | "detail" | "skip"> {
  switch (outcome.kind) {
    case "passed":
      return { outcome: "passed" }
    case "failed":
      return { outcome: "failed", reason: outcome.why }
    case "errored": {
      const { reason, next, detail } = outcome
      return {
        outcome: "errored",
        reason,
        ...(next === undefined ? {} : { next }),
        ...(detail === undefined ? {} : { detail }),
      }
    }
    case "skipped":
      return { outcome: "skipped", reason: outcome.reason, skip: outcome.skip }
  }
}
