import type { Io } from "../io.js"
import type { Renderer } from "./renderer.js"

/** One JSON object a line for each event, for programs. */
export function createJsonLines(io: Io): Renderer {
  return {
    on: (event) => void io.stdout.write(`${JSON.stringify(event)}\n`),
    note: (line) => void io.stderr.write(`${line}\n`),
    close: () => {},
  }
}
