import { named, presentName } from "../../src/door/release/choose.js"
import { recordedPlan } from "../../src/door/release/recorded-plan.js"
import { readTrace } from "../../src/release/execute/read-trace.js"
import { type ReleaseStatus, statusOf } from "../../src/release/execute/status.js"
import type { ExitCode } from "../io.js"
import { createStyle } from "../style.js"
import { statusText } from "./status-text.js"
import type { DeskSession } from "./with-desk.js"

/** Looks at every target of a version, prints what is there, and sets the exit code. Nothing is written. */
export async function showStatus({ io, known, desk }: DeskSession, asked: string | undefined): Promise<void> {
  const name = asked === undefined ? await presentName(desk.side, known) : named(asked, known)
  const trace = await readTrace(desk.side, name)
  const status = await statusOf(trace, desk.targetsOf(recordedPlan(trace) ?? { steps: [] }))
  io.stdout.write(statusText(name.version, status, createStyle(io)))
  io.leave(codeOf(status))
}

/** 0 released, 1 abandoned or something else stands in its place, 2 unfinished or not to be seen. Pure. */
export function codeOf(status: ReleaseStatus): ExitCode {
  if (status.kind === "baseline" || status.kind === "unknown") return 0
  if (status.kind === "abandoned") return 1
  if (status.kind !== "known") return 2
  return { complete: 0, different: 1, unfinished: 2, unseen: 2 }[status.verdict] as ExitCode
}
