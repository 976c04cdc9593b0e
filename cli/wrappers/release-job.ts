import { indexTokenName } from "../../src/door/release/credential-names.js"
import { QuillonError } from "../../src/errors.js"
import type { Settings } from "../../src/project/settings.js"
import { namedSecrets } from "./named-secrets.js"

/** What the release job of a CI system needs. */
export interface ReleaseJob {
  /** Branches that release something, or patterns of them. */
  readonly branches: readonly string[]
  /** Permissions of the job's own token on GitHub, each with why. */
  readonly permissions: readonly string[]
  /** Names of secrets that it gets where they are set; each target does without, or says what is missing. */
  readonly secrets: readonly string[]
}

/**
 * The release job that follows from the settings; undefined where there is none to be, or no branch releases. Pure.
 *
 * @throws QuillonError BRANCH_NOT_PLAIN
 */
export function releaseJobOf(settings: Settings): ReleaseJob | undefined {
  const { ci, release } = settings
  const branches = Object.keys(release.channels)
  if (ci.release === "off" || branches.length === 0) return undefined
  const odd = branches.find((branch) => !/^[A-Za-z0-9*][\w./*-]*$/.test(branch))
  if (odd !== undefined) throw notPlain(odd)
  const { index, testIndex, image } = release.targets
  const indexes = [index, testIndex]
  const tokens = [
    ...(index === false ? [] : [indexTokenName(index, "index")]),
    ...(testIndex === false ? [] : [indexTokenName(testIndex, "test-index")]),
  ]
  const isOurs = image !== false && image.startsWith("ghcr.io/")
  const trusts = indexes.some((name) => name === "pypi" || name === "testpypi")
  return {
    branches,
    permissions: [
      "contents: write # commit, tag, journal and release page",
      ...(trusts ? ["id-token: write # trusted publishing: the index knows this job, so it needs no token"] : []),
      ...(isOurs ? ["packages: write # the image"] : []),
    ],
    secrets: unique([
      ...tokens,
      ...(image === false || isOurs ? [] : ["REGISTRY_USER", "REGISTRY_TOKEN"]),
      // A token that may push to a protected branch, where the job's own may not.
      "GIT_TOKEN",
      "RELEASE_SIGNING_KEY",
      ...namedSecrets(settings),
    ]),
  }
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)]
}

/** The name stands in files of a CI system as it is. */
function notPlain(branch: string): QuillonError {
  return new QuillonError({
    code: "BRANCH_NOT_PLAIN",
    message: `release.channels names ${JSON.stringify(branch)}, which has characters that mean something to a CI system`,
    next: "name it with letters, digits, '.', '_', '-', '/' and '*' alone, or set ci.release = 'off'",
    kind: "usage",
  })
}
