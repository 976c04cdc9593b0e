import type { Step } from "../../src/release/plan/schema.js"
import { neutraliseLine } from "../neutralise.js"
import { pad, widthOf } from "../style.js"
import { wrap } from "../wrap.js"
import type { PlanLook } from "./plan-text.js"

/** Cells that what is written needs beside title and target; where there are fewer it stands below them. */
const BESIDE = 34
const GAP = "  "

/** The steps in their order with a sign for those that stay, and what the signs mean. Pure. */
export function stepLines(steps: readonly Step[], look: PlanLook): readonly string[] {
  const { style, marks } = look
  const rows = steps.map(({ effect, title, target, writes }) => ({
    mark: effect === "permanent" ? style.bad(marks.permanent) : style.quiet(marks.reversible),
    title,
    target: neutraliseLine(target),
    writes: neutraliseLine(writes.join(", ")),
  }))
  const title = Math.max(...rows.map((row) => widthOf(row.title)))
  const target = Math.max(...rows.map((row) => widthOf(row.target)))
  const left = 2 + title + GAP.length + target + GAP.length
  const room = look.columns - left - GAP.length
  const lines = rows.flatMap((row) => {
    if (room < BESIDE) return below(row, look)
    const [first = "", ...more] = wrap(row.writes, room)
    return [
      `${row.mark} ${pad(row.title, title)}${GAP}${pad(row.target, target)}${GAP}${style.quiet(first)}`.trimEnd(),
      ...more.map((line) => `${" ".repeat(left)}${style.quiet(line)}`),
    ]
  })
  const legend = `${style.quiet(marks.reversible)} ${style.quiet("can be withdrawn")}   ${style.bad(marks.permanent)} ${style.quiet("stays")}`
  return [...lines, "", legend]
}

interface Row {
  readonly mark: string
  readonly title: string
  readonly target: string
  readonly writes: string
}

function below({ mark, title, target, writes }: Row, { style, columns }: PlanLook): readonly string[] {
  const text = writes === "" ? target : `${target}: ${writes}`
  return [`${mark} ${title}`, ...wrap(text, columns - 6).map((line) => `    ${style.quiet(line)}`)]
}
