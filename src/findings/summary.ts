import type { CellReport, Report } from "../pipeline/report.js"
import { joinBounded, SUMMARY_LIMIT } from "./bounded-markdown.js"
import { freshFindings } from "./fresh-findings.js"
import { escapeMarkdown, fence } from "./markdown.js"

const MARKS = { passed: "✅", failed: "❌", errored: "⚠️", skipped: "➖" } as const
const FINDINGS_SHOWN = 20

/** A report as Markdown, for a job summary or a merge request; at most {@link SUMMARY_LIMIT} bytes, or `limit`. Pure. */
export function renderSummary(report: Report, options: { readonly limit?: number } = {}): string {
  const { name, version } = report.project
  const commit =
    report.commit === null
      ? ""
      : `, commit \`${report.commit.slice(0, 12)}\`${report.dirty === true ? " with changes" : ""}`
  const wrong = report.cells.filter(({ outcome }) => outcome === "failed" || outcome === "errored")
  const head = [
    `## ${MARKS[report.outcome]} ${escapeMarkdown(name)}${version === undefined ? "" : ` ${escapeMarkdown(version)}`}: ${report.outcome}`,
    "",
    `${report.seconds.toFixed(1)} s${commit}, Dagger ${escapeMarkdown(report.engine.version)}.`,
    ...describeBaseline(report).flatMap((line) => ["", line]),
    "",
    "| | stage | cell | time | |",
    "| --- | --- | --- | ---: | --- |",
    ...report.cells.map(tableRow),
    "",
  ].join("\n")
  return joinBounded(
    [head, ...wrong.map((cell) => section(cell).join("\n"))],
    Math.min(SUMMARY_LIMIT, options.limit ?? SUMMARY_LIMIT),
  )
}

function describeBaseline({ baseline }: Report): readonly string[] {
  if (baseline === undefined) return []
  const stale = baseline.stale.length === 0 ? "" : `; ${baseline.stale.length} stale, \`quillon baseline shrink\``
  return [`Baseline ${escapeMarkdown(baseline.file)}: ${baseline.known} of ${baseline.entries} known findings${stale}.`]
}

function tableRow(cell: CellReport): string {
  const time = cell.outcome === "skipped" ? "" : `${cell.seconds.toFixed(1)} s${cell.cached === true ? ", cached" : ""}`
  return `| ${MARKS[cell.outcome]} | ${escapeMarkdown(cell.stage)} | ${escapeMarkdown(cell.cell)} | ${time} | ${escapeMarkdown(remark(cell))} |`
}

function remark(cell: CellReport): string {
  if (cell.outcome === "errored") return `could not look: ${cell.reason ?? "no reason given"}`
  if (cell.reason !== undefined) return cell.reason
  return cell.gate?.message ?? ""
}

function section(cell: CellReport): readonly string[] {
  const fresh = freshFindings(cell)
  const shown = fresh.slice(0, FINDINGS_SHOWN)
  const hidden = fresh.length - shown.length
  const address = cell.cell === "" ? cell.stage : `${cell.stage}@${cell.cell}`
  return [
    `### ${MARKS[cell.outcome]} ${escapeMarkdown(address)}`,
    "",
    escapeMarkdown(remark(cell)),
    "",
    ...shown.map(({ file, line, rule, message }) => {
      const place = file === undefined ? "" : `\`${code(file)}${line === undefined ? "" : `:${line}`}\` `
      return `- ${place}**${escapeMarkdown(rule)}** ${escapeMarkdown(message)}`
    }),
    ...(hidden > 0 ? [`- and ${hidden} more`] : []),
    ...(shown.length > 0 ? [""] : []),
    ...(cell.next === undefined ? [] : [`Next: ${escapeMarkdown(cell.next)}`, ""]),
    ...(cell.detail === undefined ? [] : [fence(cell.detail, "text"), ""]),
  ]
}

function code(text: string): string {
  return text.replaceAll("`", "'").replace(/\s+/g, " ")
}
