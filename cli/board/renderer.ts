import type { RunEvent } from "../../src/pipeline/event.js"
import type { ActivityEvent } from "./state.js"

/** Shows a run while it goes. Renderers only listen. */
export interface Renderer {
  on(event: RunEvent | ActivityEvent): void
  /** One line that stands above what follows, e.g. that the results go to another folder. */
  note(line: string): void
  /** Gives the screen back; safe to call twice and from a signal handler. */
  close(): void
}
