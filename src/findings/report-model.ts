import { addressOf } from "../pipeline/cell.js"
import type { CellReport, Report } from "../pipeline/report.js"
import { freshFindings } from "./fresh-findings.js"

/** A cell as a page shows it, whatever the page is made of. */
export interface CellView {
  readonly report: CellReport
  readonly address: string
  /** What a person reads behind it: why it did not pass, or what its gate said. One sentence. */
  readonly remark: string
  /** Empty for a cell that never ran. */
  readonly time: string
  /** What no baseline has accepted. */
  readonly fresh: CellReport["findings"]
}

/** What pages about a run say, in Markdown or as HTML. */
export interface ReportModel {
  /** The project with its version. */
  readonly title: string
  /** How long, of which commit, on which engine. */
  readonly facts: readonly { readonly kind: "time" | "commit" | "engine"; readonly text: string }[]
  readonly cells: readonly CellView[]
  /** The cells that failed or could not look. */
  readonly wrong: readonly CellView[]
  /** What the baseline passed over; absent where the project has none. */
  readonly baseline?: {
    readonly file: string
    readonly known: number
    readonly entries: number
    readonly stale: number
  }
}

/** The model behind every page about a run. Pure. */
export function reportModel(report: Report): ReportModel {
  const { name, version } = report.project
  const cells = report.cells.map(cellView)
  const { baseline } = report
  return {
    title: version === undefined ? name : `${name} ${version}`,
    facts: [
      { kind: "time", text: `${report.seconds.toFixed(1)} s` },
      ...(report.commit === null
        ? []
        : [
            {
              kind: "commit" as const,
              text: `${report.commit.slice(0, 12)}${report.dirty === true ? " with changes" : ""}`,
            },
          ]),
      { kind: "engine", text: report.engine.version },
    ],
    cells,
    wrong: cells.filter(({ report: { outcome } }) => outcome === "failed" || outcome === "errored"),
    ...(baseline === undefined
      ? {}
      : {
          baseline: {
            file: baseline.file,
            known: baseline.known,
            entries: baseline.entries,
            stale: baseline.stale.length,
          },
        }),
  }
}

function cellView(report: CellReport): CellView {
  return {
    report,
    address: addressOf(report.stage, { key: report.cell }),
    remark: remarkOf(report),
    time:
      report.outcome === "skipped" ? "" : `${report.seconds.toFixed(1)} s${report.cached === true ? ", cached" : ""}`,
    fresh: [...freshFindings(report)],
  }
}

function remarkOf({ outcome, reason, gate }: CellReport): string {
  if (outcome === "errored") return `could not look: ${reason ?? "no reason given"}`
  return reason ?? gate?.message ?? ""
}
