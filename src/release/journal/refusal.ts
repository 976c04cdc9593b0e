/** Why a journal or receipt can't be read. */
export interface Refusal {
  readonly kind: "refused"
  /** `NEWER_JOURNAL`, `BAD_JOURNAL`, `NEWER_RECEIPT`, `BAD_RECEIPT`. */
  readonly code: string
  readonly message: string
  readonly next: string
}

interface Bad {
  readonly name: string
  readonly why: string
  /** Given where a newer Quillon wrote it. */
  readonly newer?: string
}

/** Refuses a text that is no journal or receipt of this Quillon. */
export function refuseText({ name, why, newer }: Bad): Refusal {
  return {
    kind: "refused",
    code: `${newer === undefined ? "BAD" : "NEWER"}_${name.toUpperCase()}`,
    message: `the ${name} ${why}`,
    next:
      newer === undefined
        ? `look at the ${name} on the git remote; nothing was written`
        : `use the Quillon that made the ${newer}, or a newer one`,
  }
}
