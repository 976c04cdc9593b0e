import type { Project } from "../project/project.js"
import type { Settings } from "../project/settings.js"
import { NEWEST_DEFAULT_PYTHON, preferredPythons } from "../toolchain/images.js"

/** Minor version of the oldest Python for which `scripts/lock-tools.mjs` locks our tools. */
const OLDEST_OF_TOOLS = 10

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
  return { tools: preferredTools(settings, project.interpreters), cells: preferredPythons(examined, pythons) }
}

/** Our tools have no release for Pythons that reached their end, and need none of the project's own. */
function preferredTools(settings: Pick<Settings, "python">, interpreters: readonly string[]): readonly string[] {
  const preferred = preferredPythons(settings, interpreters)
  if (settings.python.default !== undefined) return preferred
  const isCurrent = (python: string) => Number(python.split(".")[1]) >= OLDEST_OF_TOOLS
  const current = preferred.filter(isCurrent)
  return [...new Set([...current, NEWEST_DEFAULT_PYTHON, ...preferred])]
}

async function firstWithImage(
  candidates: readonly string[],
  hasImage: (python: string) => Promise<boolean>,
): Promise<string | undefined> {
  for (const python of candidates) if (await hasImage(python)) return python
  return undefined
}
