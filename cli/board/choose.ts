import type { Io } from "../io.js"
import type { RunLook } from "../run-request.js"
import { boardKind } from "./board-kind.js"
import { createJsonLines } from "./json-lines.js"
import { createLiveBoard } from "./live.js"
import { createPlainLog } from "./plain.js"
import type { Renderer } from "./renderer.js"
import { createSilence } from "./silent.js"

/** The renderer that suits what was asked for and who reads. */
export function chooseRenderer(io: Io, look: RunLook, clock: () => number): Renderer {
  const kind = boardKind(io, look)
  if (kind === "json") return createJsonLines(io)
  if (look.quiet) return createSilence(io)
  if (kind === "live") return createLiveBoard(io, clock)
  return createPlainLog(io, look.verbose ? "all" : "ends")
}

/** The process as `--color` wants it. */
export function withColour(io: Io, color: RunLook["color"]): Io {
  if (color === undefined || color === "auto") return io
  return { ...io, colour: color === "always" }
}
