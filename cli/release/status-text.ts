import type { ActSight } from "../../src/release/execute/act.js"
import type { ReleaseStatus, Verdict } from "../../src/release/execute/status.js"
import { holderName } from "../../src/release/journal/holder.js"
import { neutraliseLine } from "../neutralise.js"
import { pad, type Style, widthOf } from "../style.js"

/** How a version stands at every target, one line each, and what follows from it. Pure. */
export function statusText(version: string, status: ReleaseStatus, style: Style): string {
  return `${statusLines(version, status, style).join("\n")}\n`
}

function statusLines(version: string, status: ReleaseStatus, style: Style): readonly string[] {
  switch (status.kind) {
    case "unknown":
      return [`${version} ${style.quiet("nobody released it, and nobody began to")}`]
    case "baseline":
      return [`${version} ${style.quiet(`is a tag on ${status.commit.slice(0, 12)} that Quillon did not release`)}`]
    case "unseen":
      return [`${version} ${style.unsure("could not be looked at")}: ${neutraliseLine(status.unseen.why)}`]
    case "refused":
      return [`${version} ${style.bad(neutraliseLine(status.message))}`, `  ${style.quiet(status.next)}`]
    case "abandoned":
      return [
        `${style.strong(version)} ${style.unsure("was abandoned")} at ${status.when}: ${neutraliseLine(status.why)}`,
        "",
        ...rows(status, style),
      ]
    case "unbuilt":
      return [`${version} ${style.unsure("is being built")}${heldBy(status)}`]
    case "known":
      return [
        `${style.strong(version)} ${VERDICTS[status.verdict](style)}${heldBy(status)}`,
        "",
        ...rows(status, style),
      ]
  }
}

const VERDICTS: Readonly<Record<Verdict, (style: Style) => string>> = {
  complete: ({ good }) => good("released: identical everywhere"),
  unfinished: ({ unsure }) => unsure("unfinished: quillon release --resume finishes it"),
  different: ({ bad }) => bad("something else stands in its place"),
  unseen: ({ unsure }) => unsure("not everything could be looked at"),
}

function heldBy({ holder, written }: Pick<Extract<ReleaseStatus, { kind: "known" }>, "holder" | "written">): string {
  return holder === null ? "" : `, held by ${neutraliseLine(holderName(holder))} since ${written}`
}

function rows({ rows }: Pick<Extract<ReleaseStatus, { kind: "known" }>, "rows">, style: Style): readonly string[] {
  const cells = rows.map(({ act, sight }) => ({
    where: neutraliseLine(act.where),
    what: neutraliseLine(act.what),
    sight: sight.kind === "passed-over" ? "passed over" : sight.kind,
    paint: PAINTS[sight.kind],
    about: neutraliseLine(aboutOf(sight)),
  }))
  const width = (of: "where" | "what" | "sight") => Math.max(0, ...cells.map((cell) => widthOf(cell[of])))
  const [where, what, seen] = [width("where"), width("what"), width("sight")]
  return cells.map((cell) => {
    const sight = style[cell.paint](pad(cell.sight, seen))
    return `  ${pad(cell.where, where)}  ${pad(cell.what, what)}  ${sight}  ${style.quiet(cell.about)}`.trimEnd()
  })
}

const PAINTS: Readonly<Record<ActSight["kind"], keyof Style>> = {
  identical: "good",
  "passed-over": "quiet",
  absent: "unsure",
  hidden: "unsure",
  unreachable: "unsure",
  different: "bad",
}

function aboutOf(sight: ActSight): string {
  switch (sight.kind) {
    case "identical":
      return sight.link ?? ""
    case "different":
      return sight.detail
    case "absent":
      return ""
    default:
      return sight.why
  }
}
