import type { Io } from "../io.js"
import type { Renderer } from "./renderer.js"

/** `-q`: nothing while the run goes. */
export function createSilence(io: Io): Renderer {
  return { on: () => {}, note: (line) => void io.stderr.write(`${line}\n`), close: () => {} }
}
