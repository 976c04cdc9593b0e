import { QuillonError } from "../../src/errors.js"
import { askYes, canAsk } from "../ask.js"
import type { Io } from "../io.js"

/** What is asked before something that can't be taken back. */
export interface Confirmation {
  readonly question: string
  /** True where the person said so beforehand. */
  readonly yes: boolean
  /** What to type where nobody can be asked. */
  readonly next: string
}

/** Whether a person wants it. In CI the trigger was the wish. @throws QuillonError NOT_CONFIRMED where nobody can be asked */
export async function confirm(io: Io, { question, yes, next }: Confirmation): Promise<boolean> {
  const { CI: ci } = io.env
  if (yes || (ci !== undefined && ci !== "" && ci !== "false")) return true
  if (canAsk(io)) return askYes(io, `\n${question}`)
  throw new QuillonError({
    code: "NOT_CONFIRMED",
    message: "a release can't be taken back, and there is nobody to ask here",
    next,
    kind: "usage",
  })
}
