import type { Project } from "../project/project.js"
import { checkVersions } from "../release/version/check.js"
import type { VersionFacts } from "../release/version/facts.js"
import { toPep440 } from "../release/version/pep440-text.js"
import type { Version } from "../release/version/version.js"

/**
 * Variables that tell a build its version where that is the git tag, because `.git` is mounted in no build.
 * Read by setuptools-scm and hatch-vcs, by pdm-backend, by pbr, and by poetry-dynamic-versioning.
 */
export function pretendVersion(project: Project, versions: VersionFacts | undefined): Readonly<Record<string, string>> {
  const { name, build } = project
  const version = build?.version === "scm" ? versionOfTree(project, versions) : undefined
  if (version === undefined) return {}
  const distribution = name.toUpperCase().replace(/[-_.]+/g, "_")
  return {
    [`SETUPTOOLS_SCM_PRETEND_VERSION_FOR_${distribution}`]: version,
    // hatch-vcs gives setuptools-scm no name to look for.
    SETUPTOOLS_SCM_PRETEND_VERSION: version,
    PDM_BUILD_SCM_VERSION: version,
    PBR_VERSION: version,
    POETRY_DYNAMIC_VERSIONING_BYPASS: version,
    UV_DYNAMIC_VERSIONING_BYPASS: version,
  }
}

/** What an unpacked sdist says of itself, else what the tags say. */
function versionOfTree({ version }: Project, versions: VersionFacts | undefined): string | undefined {
  if (version !== undefined || versions === undefined) return version
  const truth = checkVersions(versions)
  if (truth.version === undefined) return undefined
  const isPast = truth.source.kind === "tag" && truth.tag.kind === "released" && truth.tag.past === true
  return isPast ? following(truth.version) : toPep440(truth.version)
}

/**
 * The version that comes after a tag at the least, as setuptools-scm guesses it. Without the number of commits and without
 * their name: a commit that changes nothing in the package builds the same wheel.
 */
function following(version: Version): string {
  const { pre, patch } = version
  if (pre === undefined) return toPep440({ ...version, patch: patch + 1, pre: { label: "dev", number: 0 } })
  const next = toPep440({ ...version, pre: { ...pre, number: pre.number + 1 } })
  return pre.label === "dev" ? next : `${next}.dev0`
}
