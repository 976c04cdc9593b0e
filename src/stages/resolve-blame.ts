import { cleanText } from "../findings/clean-text.js"
import type { Draft } from "../findings/normalise.js"
import type { CouldNotLook } from "../pipeline/reading.js"
import type { Origin, Project, RequirementInput } from "../project/project.js"
import { requirementName } from "../project/requirement.js"

/** A requirement of the project that is none: a finding where it stands; undefined where uv complains of something else. */
export function invalidRequirement(project: Project, output: string): Draft | undefined {
  const said = cleanText(output)
  if (!/Couldn't parse requirement|Failed to parse/.test(said)) return undefined
  const input = requirementsOf(project).find(({ text }) => said.includes(text))
  if (input === undefined) return undefined
  const why = /^ *cause: (.+)$/m.exec(said)?.[1]
  return {
    tool: "uv",
    rule: "invalid-requirement",
    severity: "error",
    ...placed(input.origin),
    message: `"${input.text}" is no requirement${why === undefined ? "" : `: ${why}`}`,
    help: "write it as in name>=1.2; see PEP 508",
  }
}

/** Why a requirement from a version control system can't be resolved: nothing holds it to a hash. */
export function versionControlled(project: Project): CouldNotLook | undefined {
  const input = requirementsOf(project).find(({ text }) => /(?:^|[@\s])\s*(?:git|hg|svn|bzr)\+/.test(text))
  if (input === undefined) return undefined
  const { file, line } = placed(input.origin)
  const where = file === undefined ? "" : `${file}${line === undefined ? "" : `:${line}`}: `
  return {
    kind: "errored",
    reason: `${where}"${input.text}" comes from version control, and no hash can hold what is installed of it`,
    next: "depend on a release, or on an archive by its address: name @ https://….tar.gz",
  }
}

/** Where the requirement stands that an explanation of uv names; nothing where several places or none do. */
export function placeOfRequirement(project: Project, because: string): Pick<Draft, "file" | "line"> {
  const names = [...because.matchAll(/you require ([A-Za-z0-9][\w.-]*)/g)].map(([, name = ""]) => requirementName(name))
  const inputs = requirementsOf(project).filter(({ text }) => names.includes(requirementName(text)))
  return inputs.length === 1 ? placed(inputs[0]?.origin ?? "default") : {}
}

type Requirement = Extract<RequirementInput, { kind: "requirement" }>

function requirementsOf({ dependencies: { runtime, test, types } }: Project): readonly Requirement[] {
  const all = [...runtime, ...test, ...types].filter((input) => input.kind === "requirement")
  return all.filter(({ text }, index) => all.findIndex((other) => other.text === text) === index)
}

function placed(origin: Origin | "default"): Pick<Draft, "file" | "line"> {
  if (origin === "default") return {}
  return { file: origin.file, ...(origin.line === undefined ? {} : { line: origin.line }) }
}
