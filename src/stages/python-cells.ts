import type { Cell } from "../pipeline/cell.js"
import type { InputFacts } from "../pipeline/stage.js"
import type { Project } from "../project/project.js"

/** One cell for each interpreter that the run examines. */
export function cellPerPython(_project: Project, { pythons }: InputFacts): readonly Cell[] {
  return pythons.map((python) => ({ key: python, python }))
}

/** One cell, on the interpreter of stages without a matrix, among those that the run examines. */
export function cellOnDefault(_project: Project, { defaultPython }: InputFacts): readonly Cell[] {
  return [{ key: "", python: defaultPython }]
}
