import type { LockFile, Project, Purpose, RequirementInput } from "../project/project.js"
import { exactVersion, toolRequirement } from "./tool-pins.js"

/** What resolve.py reads: for each purpose what is asked for, and what our tools need beside it. */
export interface ResolvePlan {
  readonly name: string
  readonly purposes: readonly PurposePlan[]
  readonly constraints: readonly string[]
  readonly lock: LockFile | null
}

/** What one purpose asks for. */
export interface PurposePlan {
  readonly name: Purpose
  readonly requirements: readonly string[]
  readonly files: readonly string[]
  /** Extras of the project's own metadata, which the backend tells; null when metadata is not asked for. */
  readonly extras: readonly string[] | null
  /** Tools that Quillon runs in this environment, in any version that the rest allows. */
  readonly ensure: readonly string[]
  /** Versions of them that are taken where the rest allows it. */
  readonly prefer: readonly string[]
}

/** What besides the project decides a plan. */
export interface PlanOptions {
  readonly seesAbove: boolean
  /** Whether tests run in several processes. */
  readonly parallel: boolean
}

/** Plans the resolution of a project. The first purpose is what the tests need: the others follow its versions. */
export function resolvePlan(project: Project, { seesAbove, parallel }: PlanOptions): ResolvePlan {
  const { dependencies, tools } = project
  const { runtime } = dependencies
  const ensured = (names: readonly ("pytest" | "coverage" | "mypy")[]) => ({
    // An exact pin of the project is only preferred: it may stand in a group that this purpose does not take.
    ensure: names.map((name) => `${name === "coverage" ? "coverage[toml]" : name}${rangeOf(tools[name]?.pin)}`),
    prefer: names
      .map((name) => toolRequirement(name, tools[name]?.pin))
      .filter((text) => exactVersion(text) !== undefined),
  })
  const plugins = [...(project.tests.framework?.plugins ?? []), ...(parallel ? ["pytest-xdist"] : [])]
  const forTests = ensured(["pytest", "coverage"])
  return {
    name: project.name,
    purposes: [
      {
        name: "test",
        ...inputsOf([...runtime, ...dependencies.test]),
        ...forTests,
        ensure: [...forTests.ensure, ...plugins],
      },
      { name: "runtime", ...inputsOf(runtime), ensure: [], prefer: [] },
      { name: "types", ...inputsOf([...runtime, ...dependencies.types]), ...ensured(["mypy"]) },
    ],
    constraints: dependencies.constraints,
    lock: levelsAbove(project) > 0 && !seesAbove ? null : (dependencies.lock ?? null),
  }
}

/** How many folders above the project its lock lies: that of a workspace's root does, and no view of the project shows it. */
export function levelsAbove({ dependencies }: Project): number {
  return (dependencies.lock?.path ?? "").split("/").filter((part) => part === "..").length
}

function rangeOf(pin: string | undefined): string {
  return pin === undefined || exactVersion(`tool${pin}`) !== undefined ? "" : pin
}

function inputsOf(inputs: readonly RequirementInput[]): Pick<PurposePlan, "requirements" | "files" | "extras"> {
  const requirements = inputs.flatMap((input) => (input.kind === "requirement" ? [input.text] : []))
  const files = inputs.flatMap((input) => (input.kind === "file" ? [input.path] : []))
  const metadata = inputs.filter((input) => input.kind === "metadata")
  return {
    requirements: [...new Set(requirements)],
    files: [...new Set(files)],
    extras: metadata.length === 0 ? null : [...new Set(metadata.flatMap(({ extras }) => extras))],
  }
}
