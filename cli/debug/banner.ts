import { freshFindings } from "../../src/findings/fresh-findings.js"
import type { Execution, Exit } from "../../src/pipeline/command.js"
import type { CellReport } from "../../src/pipeline/report.js"
import { plural, remarkOn } from "../board/remark.js"
import { neutraliseLine } from "../neutralise.js"
import { type Style, truncate } from "../style.js"
import { typedArgument } from "../typed-argument.js"

/** What a person who stands in a container is told first. */
export interface BannerFacts {
  readonly address: string
  readonly command: string
  readonly argv: readonly string[]
  /** Names of the stage's other commands. */
  readonly others: readonly string[]
  /** The state in which the container is. */
  readonly state: "before" | "after"
  readonly execution?: Execution
  /** The cell as this run or the last one found it. */
  readonly cell?: CellReport
  readonly when: "now" | "last run" | "recorded run"
}

const FINDINGS = 5
/** Lines of a terminal that the command may take. */
const COMMAND_LINES = 3

/** Says where one is, what went wrong there, what is at hand, and how to leave. Pure. */
export function describeStand(facts: BannerFacts, { style, columns }: { style: Style; columns: number }): string[] {
  const { address, command, argv, others, state, execution } = facts
  const cut = (text: string, lines = 1) => truncate(neutraliseLine(text), Math.max(20, columns * lines - 4))
  const how =
    state === "before" ? `before ${command}` : `after ${command}${execution ? `, which ${ended(execution.exit)}` : ""}`
  return [
    `${style.strong(address)} ${how}`,
    style.quiet(`  $ ${cut(argv.map(typedArgument).join(" "), COMMAND_LINES)}`),
    ...(others.length === 0 ? [] : [style.quiet(`  ${cut(`other commands: --command ${others.join(", ")}`)}`)]),
    ...whatWentWrong(facts, cut).map((line) => style.bad(line)),
    `${style.strong("rerun")} repeats the command, with what you add to it; ${style.strong("exit")} leaves. The project is not touched.`,
  ]
}

function whatWentWrong({ cell, when }: BannerFacts, cut: (text: string) => string): readonly string[] {
  if (cell === undefined || (cell.outcome !== "failed" && cell.outcome !== "errored")) return []
  const findings = freshFindings(cell)
  const shown = findings.slice(0, FINDINGS)
  const more = findings.length - shown.length
  return [
    `  ${cut(`${cell.outcome}${when === "now" ? "" : ` in the ${when}`}: ${remarkOn(cell)}`)}`,
    ...shown.map(({ file, line, rule, message }) => {
      const place = file === undefined ? "" : `${file}${line === undefined ? "" : `:${line}`} `
      return `    ${cut(`${place}${rule} ${message}`)}`
    }),
    ...(more > 0 ? [`    and ${plural(more, "more finding")}`] : []),
  ]
}

function ended(exit: Exit): string {
  switch (exit.kind) {
    case "exited":
      return `ended with exit code ${exit.code}`
    case "signalled":
      return `was ended by ${exit.signal}`
    case "timed-out":
      return `was ended after ${exit.seconds} s`
    case "unstartable":
      return `could not be started: ${neutraliseLine(exit.why)}`
  }
}
