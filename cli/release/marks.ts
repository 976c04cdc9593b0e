import type { Io } from "../io.js"

/** Signs of a printed plan. */
export interface Marks {
  readonly reversible: string
  readonly permanent: string
  readonly arrow: string
  readonly bar: string
}

/** Signs that the terminal can show: those beyond ASCII where the locale says UTF-8. */
export function marksFor({ env }: Pick<Io, "env">): Marks {
  // POSIX order of precedence; an empty variable counts as absent.
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || ""
  return /utf-?8/i.test(locale)
    ? { reversible: "⟲", permanent: "●", arrow: "→", bar: "│" }
    : { reversible: "<", permanent: "*", arrow: "->", bar: "|" }
}
