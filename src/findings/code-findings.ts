import type { CellReport } from "../pipeline/report.js"

/** A finding about code, dependencies or the project, with the stage that has it. */
export interface CodeFinding {
  readonly stage: string
  readonly finding: CellReport["findings"][number]
}

/** A cell that ran tests: its findings are failing tests, which readers of code findings have no place for. */
export function ranTests({ measures }: CellReport): boolean {
  return measures.tests !== undefined
}

/** All findings but failing tests, once where several cells of a stage have them. Pure. */
export function codeFindings(cells: readonly CellReport[]): readonly CodeFinding[] {
  const seen = new Set<string>()
  return cells
    .filter((cell) => !ranTests(cell))
    .flatMap(({ stage, findings }) => findings.map((finding) => ({ stage, finding })))
    .filter(({ stage, finding }) => {
      const key = `${stage} ${finding.fingerprint}`
      return seen.has(key) ? false : seen.add(key)
    })
}
