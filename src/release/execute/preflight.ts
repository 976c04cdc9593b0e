import type { Trouble } from "../../targets/ports/target.js"
import { decodeJournal } from "../journal/codec.js"
import { holderName } from "../journal/holder.js"
import type { ReleasePlan } from "../plan/schema.js"
import { isTagged } from "../plan/tagged.js"
import { knowsStep, pushedBranch } from "./acts.js"
import type { ReleaseWorld } from "./world.js"

/**
 * All that stands against a release, asked of all targets at once and told together, before the first write. What
 * could not be looked at stands against it too.
 */
export async function preflight(plan: ReleasePlan, { targets }: ReleaseWorld): Promise<readonly Trouble[]> {
  const { git, testIndex, index, image, forge, deployments } = targets
  const { tag, pep440 } = plan.version
  const branch = pushedBranch({ plan })
  const file = { project: plan.project, version: pep440 }
  const wants = (id: string) => plan.steps.some((step) => step.id === id)
  const found = await Promise.all([
    unknownSteps(plan, targets),
    git.check({ branch, tag: isTagged(plan) ? null : tag }),
    moved(plan, targets),
    taken(plan, targets),
    ...(testIndex !== null && wants("test-index") ? [testIndex.check(file)] : []),
    ...(index !== null && wants("index") ? [index.check(file)] : []),
    ...(image !== null && (wants("image") || wants("image-tags")) ? [image.check()] : []),
    ...(forge !== null && (wants("stage") || wants("forge")) ? [forge.check({ tag })] : []),
    ...deployments.filter(({ name }) => wants(`deploy-${name}`)).map((each) => each.check()),
  ])
  return found.flat()
}

type Targets = ReleaseWorld["targets"]

async function unknownSteps(plan: ReleasePlan, targets: Targets): Promise<readonly Trouble[]> {
  return plan.steps
    .filter((step) => !knowsStep(step, targets))
    .map((step) => ({
      target: step.target,
      what: `nothing here can carry out the step ${step.id} at ${step.target}`,
      next: "quillon plan -o plan.json makes a new plan",
      kind: "wrong",
    }))
}

/** The branch is where the plan saw it; looked at again by the push itself. */
async function moved(plan: ReleasePlan, { git }: Targets): Promise<readonly Trouble[]> {
  const branch = pushedBranch({ plan })
  if (branch === null) return []
  const tip = await git.tip(branch)
  const trouble = { target: git.name, next: "quillon plan" } as const
  switch (tip.kind) {
    case "found":
      if (tip.value === plan.head) return []
      return [{ ...trouble, what: headMoved(plan, { branch, tip: tip.value }), kind: "wrong" }]
    case "absent":
      return [{ ...trouble, what: `${branch} is not there`, next: `git push origin ${branch}`, kind: "wrong" }]
    default:
      return [{ ...trouble, what: tip.why, next: `make ${git.name} answer`, kind: "unseen" }]
  }
}

/** Says that a branch moved. */
export function headMoved({ head }: ReleasePlan, { branch, tip }: { branch: string; tip: string }): string {
  return `${branch} is at ${tip.slice(0, 12)}, the plan is about ${head.slice(0, 12)}`
}

/** Somebody releases this very version, or began to. */
async function taken(plan: ReleasePlan, { git, journals }: Targets): Promise<readonly Trouble[]> {
  const { semver } = plan.version
  const found = await journals.read(semver)
  if (found.kind === "absent") return []
  if (found.kind !== "found") {
    return [{ target: git.name, what: found.why, next: `make ${git.name} answer`, kind: "unseen" }]
  }
  const read = decodeJournal(found.value.text)
  const who = read.kind === "journal" && read.journal.holder !== null ? `, by ${holderName(read.journal.holder)}` : ""
  const next = "quillon release --resume"
  return [{ target: git.name, what: `${semver} is being released already${who}`, next, kind: "wrong" }]
}
