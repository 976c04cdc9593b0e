import type { ImportPackage, Project } from "../../project/project.js"
import type { VersionSettings } from "./settings.js"
import type { TagFacts } from "./tag-facts.js"

/** The text of a file as the version is looked for in it. */
export interface VersionText {
  /** Without byte order mark. */
  readonly text: string
  /** True where the file begins with a byte order mark. */
  readonly bom: boolean
}

/** What of a project decides where its version stands. */
export interface VersionSubject {
  readonly name: string
  readonly kind: Project["kind"]
  readonly packages: readonly ImportPackage[]
  /** True where the build takes its version from the git tag. */
  readonly fromTag: boolean
  /** True where a backend builds to which `setup.cfg` and `setup.py` mean nothing. */
  readonly passesOverSetup?: true
}

/** All that is known of a project's versions. Plain data: gathered once by a door, judged by pure functions. */
export interface VersionFacts {
  readonly subject: VersionSubject
  readonly settings: VersionSettings
  /** Texts by path; a path is absent when there is no such file. */
  readonly texts: ReadonlyMap<string, VersionText>
  /** Files that are there and can't be read as UTF-8 text. */
  readonly unreadable: readonly string[]
  readonly tags: TagFacts
}

const OTHER_BACKENDS = /^(?:flit(?:_core|_scm)?|hatchling|poetry|pdm|uv_build|maturin|mesonpy|scikit_build_core)\b/

/** The part of a project on which its version depends. */
export function subjectOf(project: Pick<Project, "name" | "kind" | "packages" | "build">): VersionSubject {
  const { name, kind, packages, build } = project
  const subject = { name, kind, packages, fromTag: build?.version === "scm" }
  return OTHER_BACKENDS.test(build?.backend ?? "") ? { ...subject, passesOverSetup: true } : subject
}
