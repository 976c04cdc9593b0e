import { eq, valid } from "@renovatebot/pep440"
import type { Draft } from "../findings/normalise.js"
import type { Project } from "../project/project.js"
import type { BuildReport } from "./build-reading.js"

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
const SECRETS = /(?:^|\/)(?:\.env(?:\..*)?|\.pypirc|\.netrc|id_rsa|id_ed25519|.*\.pem|.*\.p12|credentials\.json)$/

/** Looks at metadata and contents of the distributions that were built. Pure. */
export function checkDistributions(built: BuildReport, project: Project): readonly Draft[] {
  return [...metadataDefects(built, project), ...wheelDefects(built, project), ...leaks(built)]
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
  const description = wheel?.metadata?.description ?? "missing"
  if (description === "missing") {
    drafts.push({ ...defect("no-description", "there is no long description"), severity: "note" })
  } else if (description !== "ok" && description !== "not looked") {
    drafts.push(defect("description", `the index cannot render the long description: ${description}`))
  }
  return drafts
}

function wheelDefects({ wheel }: BuildReport, project: Project): readonly Draft[] {
  const members = wheel?.members ?? []
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
    drafts.push(
      defect("purer-than-project", "the wheel holds none of the project's extension modules", "see the build's log"),
    )
  }
  return drafts
}

function isExtension(member: string, module: string): boolean {
  return member.startsWith(`${module}.`) && /\.(?:so|pyd)$/.test(member)
}

function leaks({ sdist, wheel }: BuildReport): readonly Draft[] {
  const found = [...(sdist.members ?? []), ...(wheel?.members ?? [])].filter((name) => SECRETS.test(name))
  return found.map((name) => ({ ...defect("secret", `a distribution holds ${name}`), severity: "error" }))
}

function sameVersion(a: string, b: string): boolean {
  return valid(a) === null ? a === b : eq(a, b)
}

function defect(rule: string, message: string, help?: string): Draft {
  return { tool: "build", rule, severity: "warning", message, ...(help === undefined ? {} : { help }) }
}
