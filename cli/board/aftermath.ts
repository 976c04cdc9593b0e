import type { CellReport, Report } from "../../src/pipeline/report.js"
import { groupBy } from "../group-by.js"
import { type MergedFinding, mergeFindings } from "../merged-findings.js"
import { neutralise, neutraliseLine } from "../neutralise.js"
import { type Style, truncate } from "../style.js"
import { typedFolder } from "../typed-argument.js"
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
  /** Addresses of the cells that left logs: one whose container could not be made has none. */
  readonly logs: readonly string[]
  /** In a CI system: the file as which a person gets the job's artifact, because nobody types here. */
  readonly archive?: string
  /** Findings shown of one stage; `-v` shows all. */
  readonly limit: number
}

const DETAIL_LINES = 24

/** What went wrong, after the board: findings and failing tests by file, then where the whole of it is. Pure. */
export function describeAftermath(report: Report, look: AftermathLook): readonly string[] {
  const wrong = report.cells.filter(({ outcome }) => outcome === "failed" || outcome === "errored")
  // Cells that could not look for one reason are one trouble, whatever their stages; a failure belongs to its stage.
  const troubles = groupBy(wrong, (cell) =>
    cell.outcome === "failed" ? cell.stage : `\n${cell.reason}\n${cell.detail}\n${cell.next}`,
  )
  return troubles.flatMap((cells) => [
    ...(cells[0]?.outcome === "failed" ? describeFailed(cells, look) : describeErrored(cells, look)),
    "",
  ])
}

/** Where the tools' whole output is, of those cells that have any. */
function logLines(cells: readonly CellReport[], { style, folder, logs }: AftermathLook): readonly string[] {
  const having = cells.map(addressOfReport).filter((address) => logs.includes(address))
  const [first, second] = having
  if (first === undefined) return []
  const stages = new Set(having.map((address) => address.split("@")[0]))
  const place = second === undefined ? `${first}/` : stages.size === 1 ? `${[...stages][0]}@*/` : ""
  return [style.quiet(`   log: ${folder}/logs/${place}`)]
}

function describeErrored(cells: readonly CellReport[], look: AftermathLook): readonly string[] {
  const { style, columns } = look
  const [first] = cells
  if (first === undefined) return []
  const said = remarkOn(first)
  const detail = tail(neutralise(first.detail ?? ""), DETAIL_LINES).filter((line) => line !== "")
  return [
    `${style.unsure(style.strong(names(cells)))} ${style.unsure(said)}`,
    ...(detail.length === 1 && said.endsWith(detail[0] ?? "") ? [] : detail).map((line) =>
      style.quiet(`   ${truncate(line, Math.max(20, columns - 4))}`),
    ),
    ...(first.next === undefined ? [] : [`   next: ${neutraliseLine(first.next)}`]),
    ...logLines(cells, look),
    ...shellLines(cells, look),
  ]
}

function describeFailed(cells: readonly CellReport[], look: AftermathLook): readonly string[] {
  const { style } = look
  const merged = mergeFindings(cells)
  const shown = markRepeats(merged.slice(0, look.limit))
  const hidden = merged.length - shown.length
  const files = groupBy(shown, ({ finding }) => finding.file ?? "")
  return [
    ...groupBy(cells, remarkOn).map((same) => {
      const [first] = same
      return `${style.bad(style.strong(names(same)))} ${first === undefined ? "" : style.bad(remarkOn(first))}`
    }),
    ...files.flatMap((group) => describeFile(group, look)),
    ...(hidden > 0 ? [style.quiet(`   and ${plural(hidden, "more finding")} in ${look.folder}/report.json`)] : []),
    ...adviceOn(shown).map((advice) => `   next: ${neutraliseLine(advice)}`),
    ...logLines(cells, look),
    style.quiet(`   again: ${againCommand(cells, look.path)}`),
    ...shellLines(cells, look),
  ]
}

interface Shown extends MergedFinding {
  /** Its details are those of a finding before it: one broken fixture fails many tests. */
  readonly repeats?: boolean
}

function markRepeats(findings: readonly Shown[]): readonly Shown[] {
  const first = (detail: string) => findings.findIndex(({ finding }) => finding.detail === detail)
  return findings.map((each, index) => {
    const { detail } = each.finding
    return { ...each, repeats: detail !== undefined && first(detail) < index }
  })
}

function describeFile(group: readonly Shown[], look: AftermathLook): readonly string[] {
  const { style, columns } = look
  const file = group[0]?.finding.file
  return [
    ...(file === undefined ? [] : [`   ${style.strong(neutraliseLine(file))}`]),
    ...group.flatMap(({ finding, only, repeats }) => {
      const place =
        finding.line === undefined ? "" : `${finding.line}${finding.column === undefined ? "" : `:${finding.column}`}`
      const cells = only.length === 0 ? "" : ` (${only.join(", ")})`
      const head = `     ${place.padEnd(7)} ${style.unsure(neutraliseLine(finding.rule))}  ${neutraliseLine(finding.message)}${style.quiet(cells)}`
      const told = finding.detail === undefined ? [] : tail(neutralise(finding.detail), DETAIL_LINES)
      const detail = repeats ? ["… as above"] : told
      return [head, ...detail.map((line) => style.quiet(`             ${truncate(line, Math.max(20, columns - 14))}`))]
    }),
  ]
}

/** What to do about findings, each advice once. A rule's page is for the report: the rule is named already. */
function adviceOn(shown: readonly Shown[]): readonly string[] {
  const advice = shown.flatMap(({ finding: { help } }) => (help === undefined || /^https?:/.test(help) ? [] : [help]))
  return [...new Set(advice)]
}

function names(cells: readonly CellReport[]): string {
  const stages = groupBy(cells, ({ stage }) => stage).map((same) => {
    const keys = same.map(({ cell }) => cell).filter((key) => key !== "")
    return `${same[0]?.stage ?? ""}${keys.length === 0 ? "" : `@${keys.join(", ")}`}`
  })
  return stages.join(", ")
}

/** What to type to stand in the container: of several cells in the first that has one. */
function shellLines(cells: readonly CellReport[], { style, logs, path, archive }: AftermathLook): readonly string[] {
  const address = cells.map(addressOfReport).find((each) => logs.includes(each))
  if (address === undefined) return []
  const shell = archive === undefined ? `${address}${typedFolder(path)}` : `${archive} ${address}`
  const where = archive === undefined ? "" : " (on your machine, with the job's artifact)"
  return [style.quiet(`   shell: quillon debug ${shell}${where}`)]
}

/** What to type to run a stage alone: of several cells the first, of tests the first that failed. */
function againCommand(cells: readonly CellReport[], path: string): string {
  const [first] = cells
  if (first === undefined) return "quillon ci"
  const test = first.measures.tests === undefined ? undefined : first.findings.map(testName).find(Boolean)
  return `quillon ${addressOfReport(first)}${typedFolder(path)}${test === undefined ? "" : ` -- -k ${test}`}`
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
