import type { Sight } from "./sight.js"
import type { Written } from "./written.js"

/**
 * A place where a release writes one kind of thing. The wish is plain data and says all of what is wanted, so that any
 * machine can ask again. Bytes are no part of it: a client is made with a way to get at them by their sha256.
 */
export interface Target<Wish> {
  /**
   * Seconds after a write for which absence proves nothing: pages lag, and a request whose answer was lost may still
   * be on its way.
   */
  readonly settleSeconds: number
  /** Looks whether the thing is there. Writes nothing. */
  probe(wish: Wish): Promise<Sight>
  /** Writes it, with one request that changes something. Called only after `probe` said absent. */
  apply(wish: Wish): Promise<Written>
  /** Looks as a reader would who was told of it: the strongest look that there is. Writes nothing. */
  verify(wish: Wish): Promise<Sight>
}

/** Something that stands against a release, found before the first write. */
export interface Trouble {
  /** Where, in the plan's words. */
  readonly target: string
  /** One line that names the value that is wrong. */
  readonly what: string
  /** The next thing to type or change. */
  readonly next: string
  /** `wrong`: it would fail. `unseen`: could not be looked at. `remark`: stops nothing. */
  readonly kind: "wrong" | "unseen" | "remark"
}
