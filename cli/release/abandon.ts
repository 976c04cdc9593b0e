import { unfinishedRelease } from "../../src/door/release/choose.js"
import { QuillonError } from "../../src/errors.js"
import { abandonRelease } from "../../src/release/execute/abandon.js"
import { exitCodeOfRelease } from "../../src/release/execute/exit-code.js"
import { releaseStatus } from "../../src/release/execute/status.js"
import { confirm } from "./confirm.js"
import { planLook } from "./plan-look.js"
import { endText } from "./release-end-text.js"
import { eventLines } from "./release-events.js"
import { statusText } from "./status-text.js"
import type { DeskSession } from "./with-desk.js"

/** What a person asked of `quillon release --abandon`. */
export interface AbandonRequest {
  /** A version; `true` for the one that is unfinished. */
  readonly abandon: string | true
  readonly because: string
  readonly takeOver: boolean
  readonly yes: boolean
}

/** Closes a release that can't go on: shows what is published of it, asks once, and sets the exit code. */
export async function abandonHere(session: DeskSession, request: AbandonRequest): Promise<void> {
  const { io, desk } = session
  const { abandon, because, takeOver, yes } = request
  const begun = await unfinishedRelease(desk.side, abandon === true ? undefined : abandon)
  if (begun === undefined) throw nothingBegun(abandon)
  const { version, tag, plan } = begun
  const look = planLook(io)
  const targets = desk.targetsOf(plan)
  io.stdout.write(statusText(version, await releaseStatus({ version, tag }, targets), look.style))
  const question = `abandon ${version}? What is published of it stays, and the version is not used again`
  if (!(await confirm(io, { question, yes, next: "quillon release --abandon … --yes" }))) {
    io.stdout.write("nothing was written\n")
    return
  }
  const world = desk.world(targets, (event) => {
    for (const line of eventLines(event, look)) io.stdout.write(`${line}\n`)
  })
  const end = await abandonRelease({ version, tag, take: takeOver ? "over" : "free", why: because }, world)
  io.stdout.write(endText(end, look.style))
  io.leave(exitCodeOfRelease(end))
}

function nothingBegun(asked: string | true): QuillonError {
  return new QuillonError({
    code: "NOTHING_TO_ABANDON",
    message: asked === true ? "no release is unfinished" : `no release of ${asked} is unfinished`,
    next: "quillon status tells how a version stands",
    kind: "usage",
  })
}
