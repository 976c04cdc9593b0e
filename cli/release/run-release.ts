import { nameOf, unfinishedRelease, type VersionName } from "../../src/door/release/choose.js"
import type { ReleaseDesk } from "../../src/door/release/desk.js"
import { recordedPlan, unreadable } from "../../src/door/release/recorded-plan.js"
import { QuillonError } from "../../src/errors.js"
import type { ReleaseEvent } from "../../src/release/execute/event.js"
import { executeRelease, type ReleaseOrder } from "../../src/release/execute/execute-release.js"
import { exitCodeOfRelease } from "../../src/release/execute/exit-code.js"
import { readTrace } from "../../src/release/execute/read-trace.js"
import { releaseStatus } from "../../src/release/execute/status.js"
import type { ReleasePlan } from "../../src/release/plan/schema.js"
import { readTagName } from "../../src/release/version/tags.js"
import { toSemVer } from "../../src/release/version/version.js"
import type { KnownProject } from "../known-project.js"
import type { RunLook } from "../run-request.js"
import { acceptedPlan } from "./accepted-plan.js"
import { effectLines, effectsOf } from "./compare-effects.js"
import { confirm } from "./confirm.js"
import { endAfter } from "./end-as-killed.js"
import type { OpenTargets } from "./open-targets.js"
import { planHere } from "./plan-here.js"
import { planLook } from "./plan-look.js"
import { type PlanLook, planText } from "./plan-text.js"
import { endText } from "./release-end-text.js"
import { eventLines } from "./release-events.js"
import { askRemoteRefs } from "./remote-refs.js"
import { seedRehearsal } from "./seed-rehearsal.js"
import { unplannedIn, unplannedLines } from "./unplanned.js"
import type { DeskSession } from "./with-desk.js"

/** What a person asked of `quillon release`. */
export interface ReleaseRequest {
  readonly path: string
  /** A plan file. */
  readonly plan?: string
  /** A tag whose release is to be finished, whoever pushed it. */
  readonly tag?: string
  /** A version that is to be resumed; `true` for the one that is unfinished. */
  readonly resume?: string | true
  readonly takeOver: boolean
  readonly rehearse: boolean
  /** Step after which the process ends as if it had been killed. */
  readonly failAfter?: string
  readonly yes: boolean
  readonly engine?: "build"
  readonly look: RunLook
}

/** What is to be carried out, and the plan by which its targets are known. */
interface Chosen {
  readonly order: ReleaseOrder
  readonly plan: ReleasePlan
}

/** Carries out a release, or finishes one that was begun, tells of it and sets the exit code. */
export async function runRelease(session: DeskSession, request: ReleaseRequest): Promise<void> {
  const { io, control, desk, signal } = session
  const look = planLook(io)
  const chosen = await choose(session, request, look)
  if (chosen === undefined) return
  const targets = desk.targetsOf(chosen.plan)
  const kill = request.failAfter === undefined ? undefined : endAfter(request.failAfter, chosen.plan, dieHere)
  const emit = (event: ReleaseEvent) => {
    for (const line of eventLines(event, look)) io.stdout.write(`${line}\n`)
    kill?.(event)
  }
  const before = await session.opened.observe?.()
  const end = await executeRelease(chosen.order, desk.world(targets, emit))
  const text = endText(end, look.style)
  io.stdout.write(request.rehearse ? text.replaceAll("quillon release", "quillon release --rehearse") : text)
  io.leave(signal.aborted && end.kind !== "released" ? 130 : exitCodeOfRelease(end))
  if (request.rehearse && (end.kind === "released" || end.kind === "already-released")) {
    const { semver: version, tag } = chosen.plan.version
    const status = await releaseStatus({ version, tag }, targets)
    const effects = effectsOf(chosen.plan, status)
    const after = (await session.opened.observe?.()) ?? []
    const unplanned = unplannedIn({ before: before ?? [], after }, chosen.plan, status)
    io.stdout.write(`\n${look.style.strong("effects, as the rehearsal's targets show them")}\n`)
    io.stdout.write(`${effectLines(effects, look.style).join("\n")}\n`)
    for (const line of unplannedLines(unplanned, chosen.plan, look.style)) io.stdout.write(`${line}\n`)
    if (unplanned.length > 0 || effects.some(({ kind }) => kind === "different")) io.leave(1)
  } else if (chosen.order.kind === "resume" && end.kind === "released" && request.resume === undefined) {
    io.stdout.write("it was begun earlier; fetch, then quillon release again for what came since\n")
  }

  function dieHere(): void {
    io.stdout.write(`${look.style.unsure(`ended after ${request.failAfter}, as a kill would`)}\n`)
    io.stdout.write(`  quillon release${request.rehearse ? " --rehearse" : ""} --resume\n`)
    control.exit(2)
  }
}

/** What is unfinished comes first, then the plan. Undefined where there is nothing to do, or a person says no. */
async function choose(session: DeskSession, request: ReleaseRequest, look: PlanLook): Promise<Chosen | undefined> {
  const { io, known, desk, opened } = session
  const wanted = wantedVersion(request, known)
  const resumed = request.tag === undefined && wanted !== undefined ? nameOf(wanted, known) : undefined
  const take = request.takeOver ? "over" : "free"
  const begun = await unfinishedRelease(desk.side, wanted)
  if (begun !== undefined) {
    const { version, tag, found, plan } = begun
    return { order: { kind: "resume", version, tag, found, take }, plan }
  }
  if (resumed !== undefined) return { order: { kind: "resume", ...resumed, take }, plan: await planOf(desk, resumed) }
  if (request.resume !== undefined) {
    io.stdout.write("nothing is unfinished\n")
    return undefined
  }
  const plan =
    request.plan === undefined ? await planNow(session, request) : await acceptedPlan(request.plan, known, io.cwd)
  io.stdout.write(planText(plan, look))
  if (plan.kind === "nothing") return undefined
  if (request.failAfter !== undefined) endAfter(request.failAfter, plan, () => {})
  if (request.rehearse) await seed(known, opened, plan)
  else if (
    !(await confirm(io, {
      question: `release ${plan.version.semver}?`,
      yes: request.yes,
      next: "quillon release --yes",
    }))
  ) {
    io.stdout.write("nothing was written\n")
    return undefined
  }
  io.stdout.write("\n")
  return { order: { kind: "start", plan }, plan }
}

/** The version of which alone is spoken; undefined for whichever is unfinished, else the next. @throws QuillonError */
function wantedVersion({ tag, resume }: ReleaseRequest, { settings }: KnownProject): string | undefined {
  if (tag === undefined) return typeof resume === "string" ? resume : undefined
  const version = readTagName(tag, settings.version.tag)
  if (version !== undefined) return toSemVer(version)
  throw new QuillonError({
    code: "NO_SUCH_RELEASE",
    message: `${JSON.stringify(tag)} is no tag of a version`,
    next: `e.g. quillon release --tag ${settings.version.tag.replace("{version}", "1.2.3")}`,
    kind: "usage",
  })
}

/** The plan of a version that is not unfinished: a release that was finished is looked at again. @throws QuillonError */
async function planOf(desk: ReleaseDesk, name: VersionName): Promise<ReleasePlan> {
  const trace = await readTrace(desk.side, name)
  const plan = recordedPlan(trace)
  if (plan !== null) return plan
  if (trace.kind === "refused") throw unreadable(trace)
  throw new QuillonError({
    code: "NOTHING_TO_RESUME",
    message: `nobody began to release ${name.version}`,
    next: "quillon release",
    kind: "usage",
  })
}

function planNow({ io, known, engine, opened }: DeskSession, { tag }: Pick<ReleaseRequest, "tag">) {
  const { repository } = opened
  const asking = askRemoteRefs(known.folder)
  const remoteRefs = repository === undefined ? asking : () => asking(repository)
  return planHere({ io, dag: engine.dag, known, remoteRefs }, tag === undefined ? {} : { tag })
}

async function seed({ folder }: KnownProject, { repository }: OpenTargets, { branch }: ReleasePlan): Promise<void> {
  if (repository !== undefined) await seedRehearsal({ folder, repository, branch: branch ?? "main" })
}
