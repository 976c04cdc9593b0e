import type { RunEvent } from "../../src/pipeline/event.js"
import type { ActivityEvent, LineEvent } from "./state.js"
import type { UsualTimes } from "./usual-times.js"

/** Shows a run while it goes. Renderers only listen. */
export interface Renderer {
  on(event: RunEvent | ActivityEvent | LineEvent | UsualTimes): void
  /** True where a person follows the run: what cells print, and how long they take as a rule, is asked for then. */
  readonly isFollowed?: true
  /** One line that stands above what follows, e.g. that the results go to another folder. */
  note(line: string): void
  /** Gives the screen back; safe to call twice and from a signal handler. */
  close(): void
}
