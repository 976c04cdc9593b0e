import type { Io } from "../io.js"
import { createStyle } from "../style.js"
import { speaksUnicode } from "./ascii.js"
import { paintBoard } from "./paint.js"
import type { Renderer } from "./renderer.js"
import { advance, EMPTY_BOARD } from "./state.js"
import { columnsOf, takeBlock } from "./terminal.js"

const FRAME_MS = 80

/** The live board: fixed rows, redrawn in place, on a terminal. */
export function createLiveBoard(io: Io, clock: () => number): Renderer {
  const style = createStyle(io)
  const signs = speaksUnicode(io.env) ? {} : { ascii: true as const }
  const block = takeBlock(io.stdout)
  let state = EMPTY_BOARD
  let closed = false
  const draw = () => {
    if (closed || state.rows.length === 0) return
    const rows = io.stdout.rows || 24
    block.draw(paintBoard(state, { style, columns: columnsOf(io.stdout), rows, now: clock(), ...signs }))
  }
  const timer = setInterval(draw, FRAME_MS)
  timer.unref()
  io.stdout.on("resize", draw)
  return {
    isFollowed: true,
    on(event) {
      state = advance(state, event)
      if (event.kind !== "cell-activity" && event.kind !== "cell-line") draw()
    },
    note(line) {
      io.stdout.write(`${style.quiet(` ${line}`)}\n`)
    },
    close() {
      if (closed) return
      draw()
      closed = true
      clearInterval(timer)
      io.stdout.off("resize", draw)
      block.release()
    },
  }
}
