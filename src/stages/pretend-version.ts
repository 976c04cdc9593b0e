import type { Project } from "../project/project.js"

/**
 * Variables that tell a build its version where that is the git tag, because `.git` is mounted in no build.
 * Read by setuptools-scm and hatch-vcs, by pdm-backend, and by poetry-dynamic-versioning.
 */
export function pretendVersion({ name, version, build }: Project): Readonly<Record<string, string>> {
  if (build?.version !== "scm" || version === undefined) return {}
  const distribution = name.toUpperCase().replace(/[-_.]+/g, "_")
  return {
    [`SETUPTOOLS_SCM_PRETEND_VERSION_FOR_${distribution}`]: version,
    PDM_BUILD_SCM_VERSION: version,
    POETRY_DYNAMIC_VERSIONING_BYPASS: version,
  }
}
