import { floatingImageTags, toImageTag } from "../version/image-tag.js"
import { toPep440 } from "../version/pep440-text.js"
import { toSemVer, type Version } from "../version/version.js"
import type { Destinations } from "./destinations.js"
import type { Step } from "./schema.js"

/** What the steps of a release follow from. */
export interface StepsInput {
  readonly project: string
  readonly pure: boolean
  readonly builds: boolean
  readonly version: Version
  readonly tag: string
  readonly branch: string | null
  /** `tag`: nothing is edited or no commit may be pushed, and the tag stands on the planned commit. `found`: it is there. */
  readonly push: "commit-and-tag" | "tag" | "found"
  readonly destinations: Destinations
}

/**
 * The steps of a release in the one order that can't half-happen (DESIGN §5.6): until the push everything can be
 * withdrawn, and the push loses to any other push, so nothing permanent happens before it is known that it may.
 *
 * A trial upload to a test index is reversible in that sense: readers of the project never see it, and a file that
 * stands there already is a warning in the next attempt.
 */
export function stepsOf(input: StepsInput): Step[] {
  return [...beforePush(input), push(input), ...afterPush(input)]
}

function beforePush(input: StepsInput): readonly Step[] {
  const { destinations, version, builds, tag } = input
  const { testIndex, image, forge } = destinations
  const text = toSemVer(version)
  const ref = `refs/quillon/release/${text}`
  const tested = builds
    ? "Build the release commit and run all gates on its bytes"
    : "Run all gates on the release commit"
  return [
    reversible({
      id: "preflight",
      title: "Ask every target whether this release may happen",
      target: "all targets",
      writes: [],
    }),
    reversible({
      id: "journal",
      title: "Take the release, for this machine alone",
      target: "git remote",
      writes: [ref],
    }),
    reversible({ id: "build", title: tested, target: "containers", writes: [`digests into ${ref}`] }),
    ...when(forge, (kind) =>
      reversible({
        id: "stage",
        title: "Stage the bytes where readers don't see them",
        target: kind,
        writes: [
          kind === "github" ? `a draft of ${tag} with ${assets(input)}` : `${assets(input)} as packages of ${tag}`,
        ],
      }),
    ),
    ...when(image, (name) =>
      reversible({
        id: "image",
        title: "Push the image by digest, without a tag",
        target: name,
        writes: ["the image's digest"],
      }),
    ),
    ...when(testIndex, (name) =>
      reversible({ id: "test-index", title: "Try the upload", target: name, writes: files(input) }),
    ),
  ]
}

function push({ tag, branch, push: wish }: StepsInput): Step {
  if (wish === "found") {
    return reversible({ id: "push", title: "Find the tag, which was pushed before", target: "git remote", writes: [] })
  }
  const commits = wish === "commit-and-tag"
  const written = commits ? [`a commit on ${branch ?? "the branch"}`, `tag ${tag}`] : [`tag ${tag}`]
  const title = commits ? "Push commit and tag together, or neither" : "Push the tag"
  return permanent({ id: "push", title, target: "git remote", writes: written })
}

function afterPush(input: StepsInput): readonly Step[] {
  const { destinations, version, tag } = input
  const { index, image, forge, deploy } = destinations
  return [
    ...when(index, (name) =>
      permanent({ id: "index", title: "Upload the wheels, then the sdist", target: name, writes: files(input) }),
    ),
    ...when(index, (name) =>
      reversible({ id: "install", title: "Install from the index by hash, and import", target: name, writes: [] }),
    ),
    ...when(forge, (kind) =>
      permanent({ id: "forge", title: "Publish the release page", target: kind, writes: [`release ${tag}`] }),
    ),
    ...when(image, (name) =>
      permanent({ id: "image-tags", title: "Tag the image", target: name, writes: imageTags(version) }),
    ),
    ...(image === null
      ? []
      : deploy.map((name) =>
          reversible({ id: `deploy-${name}`, title: "Deploy the image by digest", target: name, writes: [name] }),
        )),
    reversible({
      id: "receipt",
      title: "Replace the journal by a receipt",
      target: "git remote",
      writes: [`a note on ${tag}`],
    }),
  ]
}

function imageTags(version: Version): string[] {
  return [toImageTag(version), ...floatingImageTags(version)]
}

/** Names of the files on an index (binary distribution format, source distribution file name). */
function files({ project, pure, version }: StepsInput): string[] {
  const stem = `${project.toLowerCase().replaceAll(/[-_.]+/g, "_")}-${toPep440(version)}`
  return [pure ? `${stem}-py3-none-any.whl` : `${stem}-*.whl, one for each Python`, `${stem}.tar.gz`]
}

function assets(input: StepsInput): string {
  return input.builds ? [...files(input), "SHA256SUMS", "SBOM"].join(", ") : "SBOM"
}

type Writing = Pick<Step, "id" | "title" | "target" | "writes">

function reversible(writing: Writing): Step {
  return { ...writing, effect: "reversible" }
}

function permanent(writing: Writing): Step {
  return { ...writing, effect: "permanent" }
}

function when<T>(value: T | null, make: (value: T) => Step): readonly Step[] {
  return value === null ? [] : [make(value)]
}
