import type { IndexFile, PackageIndex } from "../../targets/ports/package-index.js"
import type { Built, Journal, ReleaseArtifact } from "../journal/schema.js"
import type { Step } from "../plan/schema.js"
import { isTagged } from "../plan/tagged.js"
import { type Act, actOn } from "./act.js"
import { floatingAct } from "./floating-act.js"
import { pageActs, publicationAct } from "./forge-acts.js"
import type { ReleaseTargets } from "./world.js"

/** What the acts of a release follow from: the same for a journal and for a receipt. */
export interface ReleaseRecord extends Pick<Journal, "release" | "plan" | "commit"> {
  readonly built: Built
}

/** Steps that are no writes at targets: the executor makes them itself. */
export const OWN_STEPS: ReadonlySet<string> = new Set(["preflight", "journal", "build", "receipt"])

/** Whether this Quillon knows how to carry a step out with these clients. */
export function knowsStep({ id }: Step, targets: ReleaseTargets): boolean {
  if (OWN_STEPS.has(id) || id === "push") return true
  switch (id) {
    case "stage":
    case "forge":
      return targets.forge !== null
    case "image":
    case "image-tags":
      return targets.image !== null
    case "test-index":
      return targets.testIndex !== null
    case "index":
    case "install":
      return targets.index !== null
    default:
      return targets.deployments.some(({ name }) => id === `deploy-${name}`)
  }
}

/** The acts of a step, in order; none for a step that the executor makes itself. */
export function actsOf({ id }: Step, record: ReleaseRecord, targets: ReleaseTargets): readonly Act[] {
  const { index, testIndex, image, forge, git } = targets
  switch (id) {
    case "push":
      return [pushAct(record, git)]
    case "stage":
      return forge === null ? [] : pageActs(record, forge)
    case "forge":
      return forge === null ? [] : [publicationAct(record, forge)]
    case "test-index":
      return testIndex === null ? [] : uploads("test-index", record, testIndex)
    case "index":
      return index === null ? [] : uploads("index", record, index)
    case "install":
      return index === null ? [] : [installAct(record, index)]
    case "image":
    case "image-tags":
      return image === null ? [] : imageActs(id, record, targets)
    default:
      return deployActs(id, record, targets)
  }
}

/** The act of pushing commit and tag. It needs nothing that was built. */
export function pushAct({ plan, commit }: Pick<Journal, "plan" | "commit">, git: ReleaseTargets["git"]): Act {
  const branch = pushedBranch({ plan })
  const name = { id: "push", what: plan.version.tag, where: git.name }
  return actOn(git.push, { release: commit, branch: branch === null ? null : { name: branch, at: plan.head } }, name)
}

/** The branch that the push moves or pins; null for a tag alone. */
export function pushedBranch({ plan }: Pick<Journal, "plan">): string | null {
  return plan.settings.release.push === "tag" || isTagged(plan) ? null : plan.branch
}

function uploads(step: string, record: ReleaseRecord, index: PackageIndex): readonly Act[] {
  return distributions(record).map(({ artifact, file }) =>
    actOn(index.files, file, { id: `${step}:${file.name}`, what: file.name, where: index.name, bytes: { artifact } }),
  )
}

/** Files for an index: wheels first, because an installer that finds an sdist alone builds it. */
function distributions({ plan, built }: ReleaseRecord) {
  const kinds: readonly ReleaseArtifact["kind"][] = ["wheel", "sdist"]
  return kinds.flatMap((kind) =>
    built.artifacts
      .filter((artifact) => artifact.kind === kind)
      .map((artifact) => {
        const { name, sha256 } = artifact
        const { project, version } = plan
        return { artifact, file: { project, version: version.pep440, name, kind, sha256 } as IndexFile }
      }),
  )
}

function installAct(record: ReleaseRecord, index: PackageIndex): Act {
  const { project, version } = record.plan
  const files = distributions(record).map(({ file }) => file)
  const wish = { project, version: version.pep440, files, imports: record.built.imports }
  return actOn(index.install, wish, {
    id: "install",
    what: `${project} ${version.pep440}`,
    where: index.name,
    nature: "trial",
  })
}

function imageActs(step: "image" | "image-tags", { plan, built }: ReleaseRecord, { image }: ReleaseTargets) {
  const digest = built.image
  if (image === null || digest === null || plan.imageTags === null) return []
  if (step === "image") {
    const name = { id: "image", what: digest, where: image.name, bytes: { image: digest } }
    return [actOn(image.images, { digest }, name)]
  }
  const { version, floating } = plan.imageTags
  const fixed = actOn(
    image.tags,
    { tag: version, digest, kind: "version" },
    { id: `image-tags:${version}`, what: version, where: image.name },
  )
  return [fixed, ...floating.map((tag) => floatingAct(image, { tag, digest, version: plan.version.semver }))]
}

function deployActs(id: string, { plan, built }: ReleaseRecord, { deployments, image }: ReleaseTargets) {
  const deployment = deployments.find(({ name }) => id === `deploy-${name}`)
  const digest = built.image
  if (deployment === undefined || image === null || digest === null) return []
  const wish = { image: image.name, digest, version: plan.version.semver }
  return [actOn(deployment, wish, { id, what: digest, where: deployment.name, replaceable: true })]
}
