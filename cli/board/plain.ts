import type { CellReport } from "../../src/pipeline/report.js"
import { formatSeconds } from "../duration.js"
import type { Io } from "../io.js"
import { neutraliseLine } from "../neutralise.js"
import { createStyle, pad, type Style, widthOf } from "../style.js"
import { isWithoutImage, NO_IMAGE, pythonsOf } from "./missing-images.js"
import { remarkOn } from "./remark.js"
import type { Renderer } from "./renderer.js"

/** How much the plain log says: `all` also tells what starts and what the engine does. */
export type PlainDetail = "ends" | "all"

/** One line a cell when it has ended, for logs and pipes. */
export function createPlainLog(io: Io, detail: PlainDetail): Renderer {
  const style = createStyle(io)
  let width = 0
  const say = (line: string) => void io.stdout.write(`${line}\n`)
  return {
    on(event) {
      switch (event.kind) {
        case "run-started": {
          const { name, version } = event.project
          width = Math.max(0, ...event.cells.map(({ address }) => widthOf(address)))
          return say(style.strong(neutraliseLine(version === undefined ? name : `${name} ${version}`)))
        }
        case "cell-started":
          return detail === "all" ? say(style.quiet(`start    ${event.address}`)) : undefined
        case "cell-activity":
          return detail === "all"
            ? say(style.quiet(`         ${event.address}: ${neutraliseLine(event.activity)}`))
            : undefined
        case "cell-retried":
          return say(style.unsure(`again    ${event.address}: ${neutraliseLine(event.reason)}`))
        case "cell-finished":
          if (isWithoutImage(event.report)) return
          return say(endLine(event.report, { address: event.address, width, style }))
        case "cell-line":
        case "usual-times":
          return
        case "run-finished": {
          const missing = event.report.cells.filter(isWithoutImage)
          if (missing.length > 0) say(`${style.quiet(pad("skipped", 8))} ${pythonsOf(missing)}  ${NO_IMAGE}`)
          return
        }
      }
    },
    note: (line) => say(style.quiet(line)),
    close: () => {},
  }
}

function endLine(report: CellReport, look: { address: string; width: number; style: Style }): string {
  const { style } = look
  const word = { passed: style.good, failed: style.bad, errored: style.unsure, skipped: style.quiet }[report.outcome]
  const time =
    report.outcome === "skipped" ? "" : `${formatSeconds(report.seconds)}${report.cached === true ? ", cached" : ""}`
  const remark = remarkOn(report)
  const aside = [time, remark].filter((text) => text !== "").join("  ")
  return `${word(pad(report.outcome, 8))} ${pad(look.address, look.width)}  ${aside}`.trimEnd()
}
