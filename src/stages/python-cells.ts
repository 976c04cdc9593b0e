import type { Cell } from "../pipeline/cell.js"
import type { InputFacts } from "../pipeline/stage.js"
import type { Project } from "../project/project.js"

/** One cell for each interpreter that the run examines. */
export function cellPerPython(_project: Project, { pythons }: InputFacts): readonly Cell[] {
  return pythons.map((python) => ({ key: python, python }))
}

/** One cell, on the newest interpreter that the run examines, for stages without a matrix that run project code. */
export function cellOnNewest(_project: Project, { pythons }: InputFacts): readonly Cell[] {
  const python = pythons.at(-1)
  return [python === undefined ? { key: "" } : { key: "", python }]
}
