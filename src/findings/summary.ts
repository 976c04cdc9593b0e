import type { Report } from "../pipeline/report.js"
import { joinBounded, SUMMARY_LIMIT } from "./bounded-markdown.js"
import { escapeMarkdown, fence } from "./markdown.js"
import { type CellView, type ReportModel, reportModel } from "./report-model.js"

const MARKS = { passed: "✅", failed: "❌", errored: "⚠️", skipped: "➖" } as const
const FINDINGS_SHOWN = 20

/** A report as Markdown, for a job summary or a merge request; at most {@link SUMMARY_LIMIT} bytes, or `limit`. Pure. */
export function renderSummary(report: Report, options: { readonly limit?: number } = {}): string {
  const model = reportModel(report)
  const head = [
    `## ${MARKS[report.outcome]} ${escapeMarkdown(model.title)}: ${report.outcome}`,
    "",
    `${model.facts.map(describeFact).join(", ")}.`,
    ...describeBaseline(model).flatMap((line) => ["", line]),
    "",
    "| | stage | cell | time | |",
    "| --- | --- | --- | ---: | --- |",
    ...model.cells.map(tableRow),
    "",
  ].join("\n")
  return joinBounded(
    [head, ...model.wrong.map((cell) => section(cell).join("\n"))],
    Math.min(SUMMARY_LIMIT, options.limit ?? SUMMARY_LIMIT),
  )
}

function describeFact({ kind, text }: ReportModel["facts"][number]): string {
  switch (kind) {
    case "time":
      return text
    case "commit":
      return `commit ${escapeMarkdown(text).replace(/^\S+/, "`$&`")}`
    case "engine":
      return `Dagger ${escapeMarkdown(text)}`
  }
}

function describeBaseline({ baseline }: ReportModel): readonly string[] {
  if (baseline === undefined) return []
  const stale = baseline.stale === 0 ? "" : `; ${baseline.stale} stale, \`quillon baseline shrink\``
  return [`Baseline ${escapeMarkdown(baseline.file)}: ${baseline.known} of ${baseline.entries} known findings${stale}.`]
}

function tableRow({ report: { outcome, stage, cell }, time, remark }: CellView): string {
  return `| ${MARKS[outcome]} | ${escapeMarkdown(stage)} | ${escapeMarkdown(cell)} | ${time} | ${escapeMarkdown(remark)} |`
}

function section({ report: cell, address, remark, fresh }: CellView): readonly string[] {
  const shown = fresh.slice(0, FINDINGS_SHOWN)
  const hidden = fresh.length - shown.length
  return [
    `### ${MARKS[cell.outcome]} ${escapeMarkdown(address)}`,
    "",
    escapeMarkdown(remark),
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
