import { posix } from "node:path"
import type { Project } from "../../src/project/project.js"
import type { CiSettings } from "../../src/project/settings-ci.js"
import { GITHUB_RELEASE_YML, GITHUB_YML, GITLAB_ROOT_YML, GITLAB_YML } from "./templates.js"

/** A CI system for which files are written. */
export type CiSystem = CiSettings["systems"][number]

/** A file of a CI system. */
export interface ProjectFile {
  readonly system: CiSystem
  /** Relative to the repository's root. */
  readonly path: string
  readonly template: string
  /** The flag without which there is no such file. */
  readonly needs?: "release"
  /** See `Wrapper`. */
  readonly leads?: readonly string[]
}

/** Where GitLab's jobs of the projects below a root stand, a file each. */
const GITLAB_FOLDER = ".gitlab/quillon"

/**
 * The files of a project. One below the repository's root has files of its own, named after its folder, so that several
 * stand side by side. Pure.
 */
export function filesOf(path: string): readonly ProjectFile[] {
  const suffix = suffixOf(path)
  const github: readonly ProjectFile[] = [
    { system: "github", path: `.github/workflows/ci${suffix}.yml`, template: GITHUB_YML },
    // Publishers that an index trusts are named by this file.
    {
      system: "github",
      path: `.github/workflows/release${suffix}.yml`,
      template: GITHUB_RELEASE_YML,
      needs: "release",
    },
  ]
  if (path === ".") return [...github, { system: "gitlab", path: ".gitlab-ci.yml", template: GITLAB_YML }]
  const own = gitlabFile(path)
  return [
    ...github,
    { system: "gitlab", path: own, template: GITLAB_YML },
    // GitLab reads one file alone.
    { system: "gitlab", path: ".gitlab-ci.yml", template: GITLAB_ROOT_YML, leads: [`${GITLAB_FOLDER}/*.yml`, own] },
  ]
}

/** What tells the jobs of a project below the root from another's: `-packages-app`. Pure. */
export function suffixOf(path: string): string {
  return path === "." ? "" : `-${path.replaceAll("/", "-")}`
}

/** Patterns of files whose change concerns a project below the root. Pure. */
export function changesOf(project: {
  readonly path: string
  readonly around: readonly string[]
  readonly more: readonly string[]
}): Readonly<Record<CiSystem, readonly string[]>> {
  const { path, around, more } = project
  const own = [`${path}/**/*`, ...around, ...more]
  return {
    github: [...own, `.github/workflows/ci${suffixOf(path)}.yml`],
    gitlab: [...own, gitlabFile(path)],
  }
}

/** Files above a project that decide what it is, relative to the root: the lock of its workspace and what that is of. */
export function filesAround({ path, dependencies }: Pick<Project, "path" | "dependencies">): readonly string[] {
  const lock = posix.join(path, dependencies.lock?.path ?? "")
  if (dependencies.lock?.path.startsWith("../") !== true) return []
  return [lock, posix.join(posix.dirname(lock), "pyproject.toml")]
}

function gitlabFile(path: string): string {
  return `${GITLAB_FOLDER}/${path.replaceAll("/", "-")}.yml`
}
