import { appendFile, stat } from "node:fs/promises"
import { renderSummary } from "../src/findings/summary.js"
import type { Report } from "../src/pipeline/report.js"
import { addressOfReport } from "./board/aftermath.js"
import { archiveOf } from "./board/board-kind.js"
import type { Io } from "./io.js"

/** Bytes that GitHub takes of all that one step wrote; it drops the whole above that. */
const STEP_LIMIT = 1024 * 1024

/** What is left of the limit must hold at least a table. */
const LEAST = 10_000

/**
 * Appends the summary to the page of the job, where GitHub Actions named a file for it. Gives back why it could not,
 * which is no reason for a run to fail.
 */
export async function appendStepSummary({ env }: Pick<Io, "env">, report: Report): Promise<string | undefined> {
  const file = env.GITHUB_STEP_SUMMARY
  if (file === undefined || file === "") return undefined
  try {
    const taken = await stat(file).then(
      ({ size }) => size,
      () => 0,
    )
    const shell = shellLine(report)
    const room = STEP_LIMIT - taken - 1 - shell.length
    if (room < LEAST) return "the job's summary is full; see summary.md of the run"
    await appendFile(file, `${renderSummary(report, { limit: room })}\n${shell}`)
    return undefined
  } catch (error) {
    return `the job's summary can't be written: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** How to get from the job's page into the container: the artifact holds the run's capsule. Nothing where all is well. */
function shellLine({ cells }: Report): string {
  const wrong = cells.find(({ outcome }) => outcome === "failed" || outcome === "errored")
  if (wrong === undefined) return ""
  const line = `quillon debug ${archiveOf("github")} ${addressOfReport(wrong)}`
  return `\nStand in the container on your machine: download the artifact, then \`${line}\`\n`
}
