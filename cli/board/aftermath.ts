import type { CellReport, Report } from "../../src/pipeline/report.js"
import { neutralise, neutraliseLine } from "../neutralise.js"
import { type Style, truncate } from "../style.js"
import { plural, remarkOn } from "./remark.js"

type Finding = CellReport["findings"][number]

/** How the aftermath looks and where it points to. */
export interface AftermathLook {
  readonly style: Style
  readonly columns: number
  /** Folder of the run as a person would type it. */
  readonly folder: string
  /** The project's folder as a person would type it. */
  readonly path: string
  /** Findings shown of one stage; `-v` shows all. */
  readonly limit: number
}

const DETAIL_LINES = 24

/** What went wrong, after the board: findings and failing tests by file, then where the whole of it is. Pure. */
export function describeAftermath(report: Report, look: AftermathLook): readonly string[] {
  const stages = [...new Set(report.cells.map(({ stage }) => stage))]
  return stages.flatMap((stage) => {
    const wrong = report.cells.filter((cell) => cell.stage === stage && isWrong(cell))
    return wrong.length === 0 ? [] : describeStage(wrong, look)
  })
}

function isWrong({ outcome }: CellReport): boolean {
  return outcome === "failed" || outcome === "errored"
}

function describeStage(cells: readonly CellReport[], look: AftermathLook): readonly string[] {
  const { style } = look
  const errored = cells.filter(({ outcome }) => outcome === "errored")
  const failed = cells.filter(({ outcome }) => outcome === "failed")
  return [
    ...groupBy(errored, (cell) => `${cell.reason}\n${cell.detail}`).flatMap((same) => describeErrored(same, look)),
    ...(failed.length === 0 ? [] : describeFailed(failed, look)),
    ...logLines(cells, look),
    ...(failed.length === 0 ? [] : [style.quiet(`   again: ${againCommand(failed, look.path)}`)]),
    "",
  ]
}

/** Where the tools' whole output is; a cell whose container could not be made has none. */
function logLines(cells: readonly CellReport[], { style, folder }: AftermathLook): readonly string[] {
  const [first, second] = cells.filter(({ outcome, reason }) => outcome === "failed" || reason !== undefined)
  if (first === undefined) return []
  const place = second === undefined ? addressOfReport(first) : `${first.stage}@*`
  return [style.quiet(`   log: ${folder}/logs/${place}/`)]
}

function describeErrored(cells: readonly CellReport[], { style, columns }: AftermathLook): readonly string[] {
  const [first] = cells
  if (first === undefined) return []
  const detail = first.detail === undefined ? [] : tail(neutralise(first.detail), DETAIL_LINES)
  return [
    `${style.unsure(style.strong(names(cells)))} ${style.unsure(remarkOn(first))}`,
    ...detail.map((line) => style.quiet(`   ${truncate(line, Math.max(20, columns - 4))}`)),
    ...(first.next === undefined ? [] : [`   next: ${neutraliseLine(first.next)}`]),
  ]
}

function describeFailed(cells: readonly CellReport[], look: AftermathLook): readonly string[] {
  const { style } = look
  const merged = mergeFindings(cells)
  const shown = merged.slice(0, look.limit)
  const hidden = merged.length - shown.length
  const files = groupBy(shown, ({ finding }) => finding.file ?? "")
  return [
    ...groupBy(cells, remarkOn).map((same) => {
      const [first] = same
      return `${style.bad(style.strong(names(same)))} ${first === undefined ? "" : style.bad(remarkOn(first))}`
    }),
    ...files.flatMap((group) => describeFile(group, look)),
    ...(hidden > 0 ? [style.quiet(`   and ${plural(hidden, "more finding")} in ${look.folder}/report.json`)] : []),
  ]
}

interface Merged {
  readonly finding: Finding
  /** Keys of the cells that have it, where not all have. */
  readonly only: readonly string[]
}

/** One finding that several interpreters have is shown once. */
function mergeFindings(cells: readonly CellReport[]): readonly Merged[] {
  const all = cells.flatMap((cell) => cell.findings.map((finding) => ({ finding, key: cell.cell })))
  return groupBy(all, ({ finding }) => finding.fingerprint).flatMap((same) => {
    const [first] = same
    if (first === undefined) return []
    const keys = [...new Set(same.map(({ key }) => key))]
    const everywhere = keys.length === cells.length
    // The same finding twice in one cell is two findings.
    return same
      .filter(({ key }) => key === first.key)
      .map(({ finding }) => ({ finding, only: everywhere ? [] : keys.filter((key) => key !== "") }))
  })
}

function describeFile(group: readonly Merged[], look: AftermathLook): readonly string[] {
  const { style, columns } = look
  const file = group[0]?.finding.file
  return [
    ...(file === undefined ? [] : [`   ${style.strong(neutraliseLine(file))}`]),
    ...group.flatMap(({ finding, only }) => {
      const place =
        finding.line === undefined ? "" : `${finding.line}${finding.column === undefined ? "" : `:${finding.column}`}`
      const cells = only.length === 0 ? "" : ` (${only.join(", ")})`
      const head = `     ${place.padEnd(7)} ${style.unsure(neutraliseLine(finding.rule))}  ${neutraliseLine(finding.message)}${style.quiet(cells)}`
      const detail = finding.detail === undefined ? [] : tail(neutralise(finding.detail), DETAIL_LINES)
      return [head, ...detail.map((line) => style.quiet(`             ${truncate(line, Math.max(20, columns - 14))}`))]
    }),
  ]
}

function names(cells: readonly CellReport[]): string {
  const keys = cells.map(({ cell }) => cell).filter((key) => key !== "")
  return `${cells[0]?.stage ?? ""}${keys.length === 0 ? "" : `@${keys.join(", ")}`}`
}

/** What to type to run a stage alone: of several cells the first, of tests the first that failed. */
function againCommand(cells: readonly CellReport[], path: string): string {
  const [first] = cells
  if (first === undefined) return "quillon ci"
  const where = path === "." ? "" : ` ${/^[\w./@+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`}`
  const test = first.measures.tests === undefined ? undefined : first.findings.map(testName).find(Boolean)
  return `quillon ${addressOfReport(first)}${where}${test === undefined ? "" : ` -- -k ${test}`}`
}

/** The name of a failing test, from its node id. */
function testName({ message }: Finding): string | undefined {
  return /^\S+::(\w+)/.exec(message)?.[1]
}

/** The address of a cell in a report. */
export function addressOfReport({ stage, cell }: Pick<CellReport, "stage" | "cell">): string {
  return cell === "" ? stage : `${stage}@${cell}`
}

function tail(text: string, lines: number): readonly string[] {
  const all = text.replace(/\n+$/, "").split("\n")
  return all.length <= lines ? all : [`… ${plural(all.length - lines, "line")} more above`, ...all.slice(-lines)]
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item])
  return [...groups.values()]
}
