import type { Listener } from "../../src/pipeline/event.js"
import type { Output } from "../io.js"
import { truncate } from "../style.js"

const ERASE = "\r\x1b[K"

/** One line on a terminal that names what runs, and goes away without a trace. */
export interface ProgressLine {
  readonly emit: Listener
  /** Takes the line away; nothing is shown from then on. */
  close(): void
}

/** Shows on the output, where that is a terminal, which cells run before one can stand at a cell. */
export function createProgressLine(output: Output, address: string): ProgressLine {
  const running = new Set<string>()
  let open = output.isTTY === true
  const draw = () => {
    if (!open) return
    const names = [...running].join(", ")
    output.write(`${ERASE}${truncate(`${address}: ${names === "" ? "…" : names}`, (output.columns || 80) - 1)}`)
  }
  return {
    emit(event) {
      if (event.kind === "cell-started") running.add(event.address)
      else if (event.kind === "cell-finished") running.delete(event.address)
      else return
      draw()
    },
    close() {
      if (open) output.write(ERASE)
      open = false
    },
  }
}
