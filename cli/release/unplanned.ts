import type { Observed } from "../../rehearsal/observe.js"
import { pushedBranch } from "../../src/release/execute/acts.js"
import type { ReleaseStatus } from "../../src/release/execute/status.js"
import type { ReleasePlan } from "../../src/release/plan/schema.js"
import { neutraliseLine } from "../neutralise.js"
import { pad, type Style } from "../style.js"

/** What a rehearsal's targets showed before a release and after it. */
export interface Observation {
  readonly before: readonly Observed[]
  readonly after: readonly Observed[]
}

/** What became of a target without the plan's asking for it. */
export interface Unplanned {
  readonly kind: "new" | "changed" | "gone"
  readonly observed: Observed
}

/** Finds every difference that the plan does not name. Pure. */
export function unplannedIn(
  { before, after }: Observation,
  plan: ReleasePlan,
  status: ReleaseStatus,
): readonly Unplanned[] {
  const then = new Map(before.map((each) => [keyOf(each), each]))
  const now = new Set(after.map(keyOf))
  const isPlanned = plannedBy(plan, status, after)
  const appeared = after.flatMap((observed): readonly Unplanned[] => {
    const earlier = then.get(keyOf(observed))
    if (earlier?.at === observed.at || isPlanned(observed)) return []
    return [{ kind: earlier === undefined ? "new" : "changed", observed }]
  })
  const vanished = before
    .filter((each) => !now.has(keyOf(each)) && !passes(each, plan))
    .map((observed): Unplanned => ({ kind: "gone", observed }))
  return [...appeared, ...vanished]
}

/** One line for each. Pure. */
export function unplannedLines(found: readonly Unplanned[], plan: ReleasePlan, style: Style): readonly string[] {
  return found.map(({ kind, observed: { place, what } }) => {
    const target = plan.steps.find(({ id }) => id === STEPS[place])?.target ?? place
    return `  ${style.bad(pad("unplanned", 10))}  ${neutraliseLine(target)}  ${neutraliseLine(`${what} is ${kind}`)}`
  })
}

/** The step whose target is the place. */
const STEPS: Readonly<Record<Observed["place"], string>> = {
  git: "push",
  index: "index",
  "test-index": "test-index",
  image: "image-tags",
  forge: "forge",
}

function keyOf({ place, what }: Observed): string {
  return `${place} ${what}`
}

function plannedBy(plan: ReleasePlan, status: ReleaseStatus, after: readonly Observed[]) {
  const rows = status.kind === "known" ? status.rows : []
  const written = (step: string) => rows.filter((row) => row.step.id === step).map(({ act }) => act.what)
  const tag = `tag ${plan.version.tag}`
  const released = after.find(({ place, what }) => place === "git" && what === tag)?.at
  const branch = pushedBranch({ plan })
  const images = plan.imageTags === null ? [] : [plan.imageTags.version, ...plan.imageTags.floating]
  const names: Readonly<Record<Observed["place"], ReadonlySet<string>>> = {
    git: new Set([tag, NOTES]),
    index: new Set(written("index")),
    "test-index": new Set(written("test-index")),
    image: new Set(images.map((name) => `image tag ${name}`)),
    forge: new Set([`release ${plan.version.tag}`, ...written("stage")]),
  }
  return ({ place, what, at }: Observed): boolean => {
    // The branch moves to the release commit, and nowhere else.
    if (place === "git" && branch !== null && what === `branch ${branch}`) return at === released
    return names[place].has(what)
  }
}

const NOTES = "refs/notes/quillon"

/** What a release takes away at its end: its journal, and the draft that became its page. */
function passes({ place, what }: Observed, { version }: ReleasePlan): boolean {
  if (place === "forge") return what === `draft of ${version.tag}`
  return place === "git" && /^(refs\/|branch )quillon\/release\//.test(what)
}
