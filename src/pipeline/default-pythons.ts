import type { Project } from "../project/project.js"
import type { Settings } from "../project/settings.js"
import { NEWEST_DEFAULT_PYTHON, preferredPythons } from "../toolchain/images.js"

/** Interpreters, as `X.Y`, of what runs without a matrix. */
export interface DefaultPythons {
  /** Of tools that install nothing of the project; also what the containers of all cells are made with. */
  readonly tools: string
  /** Of cells that install what `resolve` chose: one of those that the run examines, because only they have it. */
  readonly cells: string
}

/** What the choice is made of. */
export interface DefaultPythonsInput {
  readonly project: Pick<Project, "interpreters">
  readonly settings: Pick<Settings, "python">
  /** Those that the run examines. */
  readonly pythons: readonly string[]
}

/** The choice by preference alone, before anybody has looked which images there are. Pure. */
export function assumeDefaultPythons(input: DefaultPythonsInput): DefaultPythons {
  const { tools, cells } = candidatesOf(input)
  return { tools: tools[0] ?? NEWEST_DEFAULT_PYTHON, cells: cells[0] ?? NEWEST_DEFAULT_PYTHON }
}

/** The best whose image can be had; the best of all where none can, so that its absence is what gets reported. */
export async function findDefaultPythons(
  input: DefaultPythonsInput,
  hasImage: (python: string) => Promise<boolean>,
): Promise<DefaultPythons> {
  const { tools, cells } = candidatesOf(input)
  const assumed = assumeDefaultPythons(input)
  return {
    tools: (await firstWithImage(tools, hasImage)) ?? assumed.tools,
    cells: (await firstWithImage(cells, hasImage)) ?? assumed.cells,
  }
}

function candidatesOf({ project, settings, pythons }: DefaultPythonsInput) {
  const wanted = settings.python.default
  const examined = wanted !== undefined && pythons.includes(wanted) ? settings : { python: {} }
  return { tools: preferredPythons(settings, project.interpreters), cells: preferredPythons(examined, pythons) }
}

async function firstWithImage(
  candidates: readonly string[],
  hasImage: (python: string) => Promise<boolean>,
): Promise<string | undefined> {
  for (const python of candidates) if (await hasImage(python)) return python
  return undefined
}
