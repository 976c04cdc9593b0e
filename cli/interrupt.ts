import { setMaxListeners } from "node:events"
import type { Io } from "./io.js"
import type { ProcessControl } from "./program.js"

/** Ctrl-C as a run sees it. */
export interface Interrupt {
  /** Aborted by the first signal; the run then winds up and keeps what it has. */
  readonly signal: AbortSignal
}

/** The first signal asks the run to end, the second ends the process at once with 130. */
export function watchInterrupts(io: Io, control: ProcessControl): Interrupt {
  const asked = new AbortController()
  // Each query in flight listens to it.
  setMaxListeners(0, asked.signal)
  control.interrupts(() => {
    if (!asked.signal.aborted) return asked.abort(new Error("interrupted"))
    io.leave(130)
    control.exit(130)
  })
  return { signal: asked.signal }
}
