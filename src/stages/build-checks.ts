import { eq, valid } from "@renovatebot/pep440"
import type { Draft } from "../findings/normalise.js"
import type { Project } from "../project/project.js"
import type { BuildReport } from "./build-report.js"

/** Folders that are no part of a distribution's import packages, and land in wheels by mistake. */
const STRAY = new Set([
  "tests",
  "test",
  "testing",
  "docs",
  "doc",
  "examples",
  "example",
  "build",
  "dist",
  "scripts",
  "benchmarks",
])

/** Looks at metadata and contents of the distributions that were built. Pure. */
export function checkDistributions(built: BuildReport, project: Project): readonly Draft[] {
  const { wheel, elsewhere } = built
  return [
    ...metadataDefects(built, project),
    ...wheelDefects(wheel?.members ?? [], project),
    ...platformDefects(built),
    ...elsewhere.flatMap((each) => foreignDefects(each, built)),
    ...leaks(built),
  ]
}

function metadataDefects({ sdist, wheel }: BuildReport, project: Project): readonly Draft[] {
  const drafts: Draft[] = []
  const version = wheel?.metadata?.version
  if (sdist.metadata?.version !== version) {
    const message = `the sdist says version ${sdist.metadata?.version}, the wheel built from it ${version}`
    drafts.push(defect("version-mismatch", message, "the version must not depend on git once the sdist is made"))
  }
  if (project.version !== undefined && version != null && !sameVersion(project.version, version)) {
    const message = `the project says version ${project.version}, the wheel ${version}`
    drafts.push(defect("version-mismatch", message, "quillon version check"))
  }
  return drafts
}

/** An index takes no wheel that is for some Linux or other. */
function platformDefects({ wheel }: BuildReport): readonly Draft[] {
  const tag = wheel?.tags?.find((each) => /-linux_\w+$/.test(each))
  if (tag === undefined) return []
  const message = `no index takes a wheel for ${tag.split("-").at(-1)}: auditwheel could not make it a manylinux one`
  return [{ ...defect("platform-tag", message), ...(wheel?.repair == null ? {} : { detail: wheel.repair.output }) }]
}

/** A wheel that was built elsewhere, and fits elsewhere, can only be held to the sdist. */
function foreignDefects(
  { file, metadata }: BuildReport["elsewhere"][number],
  { sdist }: BuildReport,
): readonly Draft[] {
  if (metadata?.version === sdist.metadata?.version) return []
  const message = `${file} says version ${metadata?.version}, the sdist ${sdist.metadata?.version}`
  return [defect("version-mismatch", message, "build the wheels of build.wheels from this commit")]
}

function wheelDefects(members: readonly string[], project: Project): readonly Draft[] {
  const code = members.filter((name) => !/^[^/]+\.(?:dist-info|data)\//.test(name))
  const top = new Set(code.map((name) => name.split("/")[0] ?? name))
  const drafts: Draft[] = []
  const own = new Set(project.packages.map(({ name }) => name.split(".")[0]))
  for (const name of top) {
    if (!STRAY.has(name) || own.has(name)) continue
    const message = `the wheel installs a top-level package "${name}"`
    drafts.push(defect("stray-package", message, "leave it out of the packages that the backend finds"))
  }
  for (const { name, path } of project.packages) {
    const folder = name.replaceAll(".", "/")
    if (
      members.some(
        (member) => member === `${folder}.py` || member.startsWith(`${folder}/`) || isExtension(member, folder),
      )
    )
      continue
    drafts.push(defect("missing-package", `the wheel lacks ${name}, which lies in ${path}`))
  }
  if (project.build?.pure === false && !members.some((member) => /\.(?:so|pyd|dylib)$/.test(member))) {
    drafts.push(defect("purer-than-project", "the wheel holds none of the project's extension modules", NO_EXTENSION))
  }
  return drafts
}

const NO_EXTENSION =
  "the build's log says what it lacked; name system packages in build.apt, or set build.pure = true if none are meant"

function isExtension(member: string, module: string): boolean {
  return member.startsWith(`${module}.`) && /\.(?:so|pyd)$/.test(member)
}

/** Keys among the tests of an sdist are made up, mostly, and are published with the repository in any case. */
const AMONG_TESTS = /^[^/]+\/(?:.*\/)?tests?\//

function leaks({ sdist, wheel, elsewhere }: BuildReport): readonly Draft[] {
  const help = "leave it out of the packages, or of the sdist, that the backend makes"
  return [sdist, wheel, ...elsewhere].flatMap((each) =>
    (each?.secrets ?? []).map((name) => ({
      ...defect("secret", `${each?.file} holds ${name}`, help),
      severity: each === sdist && AMONG_TESTS.test(name) ? ("note" as const) : ("error" as const),
    })),
  )
}

function sameVersion(a: string, b: string): boolean {
  return valid(a) === null ? a === b : eq(a, b)
}

function defect(rule: string, message: string, help?: string): Draft {
  return { tool: "build", rule, severity: "warning", message, ...(help === undefined ? {} : { help }) }
}
