import { QuillonError } from "../errors.js"
import { listLines } from "./ini.js"
import { poetryRequirement } from "./poetry-requirements.js"
import type { Origin } from "./project.js"
import { normaliseName, requirementExtras, requirementName } from "./requirement.js"
import { isStrings } from "./setup-py.js"
import type { Snapshot } from "./snapshot.js"
import { asStrings, asTable } from "./toml.js"

/** A requirement and where it stands. */
export interface Located {
  readonly text: string
  readonly origin: Origin
}

/** The extras of a project, by normalised name. */
export type Extras = ReadonlyMap<string, readonly Located[]>

/** Extras that can be read without running a backend. */
export function readExtras(snapshot: Snapshot): Extras {
  const extras = new Map<string, readonly Located[]>()
  const add = (name: string, located: readonly Located[]): void => {
    if (!extras.has(normaliseName(name))) extras.set(normaliseName(name), located)
  }
  const { pyproject, setupCfg, setupPy } = snapshot
  for (const key of [
    ["project", "optional-dependencies"],
    ["tool", "flit", "metadata", "requires-extra"],
  ]) {
    for (const [name, list] of Object.entries(asTable(pyproject?.get(...key)))) {
      add(
        name,
        asStrings(list).map((text, index) => ({
          text,
          origin: pyproject?.origin(...key, name, index) ?? { file: "" },
        })),
      )
    }
  }
  const dependencies = asTable(pyproject?.get("tool", "poetry", "dependencies"))
  for (const [name, list] of Object.entries(asTable(pyproject?.get("tool", "poetry", "extras")))) {
    const origin = pyproject?.origin("tool", "poetry", "extras", name) ?? { file: "" }
    add(
      name,
      asStrings(list).flatMap((each) => poetryRequirement(each, dependencies[each]).map((text) => ({ text, origin }))),
    )
  }
  for (const name of setupCfg?.keys("options.extras_require") ?? []) {
    const origin = setupCfg?.origin("options.extras_require", name) ?? { file: "" }
    add(
      name,
      listLines(setupCfg?.get("options.extras_require", name)).map((text) => ({ text, origin })),
    )
  }
  const origin = setupPy?.origin("extras_require") ?? { file: "" }
  for (const [name, list] of Object.entries(asTable(setupPy?.get("extras_require")))) {
    add(name, isStrings(list as never) ? asStrings(list).map((text) => ({ text, origin })) : [])
  }
  return extras
}

/** Requirements of some extras, with the project's references to its own extras resolved. @throws QuillonError CIRCULAR_EXTRA */
export function expandExtras(
  extras: Extras,
  wanted: readonly string[],
  project: { readonly name: string; readonly trail?: readonly string[] },
): readonly Located[] {
  const trail = project.trail ?? []
  return wanted.map(normaliseName).flatMap((extra) => {
    if (trail.includes(extra)) throw circular([...trail, extra], extras.get(extra)?.[0]?.origin)
    return (extras.get(extra) ?? []).flatMap((located) => {
      if (requirementName(located.text) !== normaliseName(project.name)) return [located]
      return expandExtras(extras, requirementExtras(located.text), { name: project.name, trail: [...trail, extra] })
    })
  })
}

function circular(trail: readonly string[], origin: Origin | undefined): QuillonError {
  const where = origin === undefined ? "" : `${origin.file}${origin.line === undefined ? "" : `:${origin.line}`}: `
  return new QuillonError({
    code: "CIRCULAR_EXTRA",
    message: `${where}extras include one another: ${trail.join(" → ")}`,
    next: `Take one of ${[...new Set(trail)].join(", ")} out of the circle.`,
    kind: "usage",
  })
}
