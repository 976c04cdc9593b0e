import type { IndexSettings } from "./settings.js"

/** An index that did not let us in, in one line, and what to do. */
export interface IndexRefusal {
  readonly reason: string
  readonly next: string
}

const REFUSED = /\b(401 Unauthorized|403 Forbidden|40[13] Error, Credentials not correct)/

/** What the settings say of one index. */
interface Named {
  readonly url: string
  readonly credential: string | undefined
  /** The setting that names its credential. */
  readonly key: string
}

/**
 * Reads what uv or pip said where an index asks for a credential, or does not accept the one that it was given: which
 * index it is, and the name of the secret. Undefined where the text tells of no refusal.
 */
export function readIndexRefusal(said: string, index: IndexSettings | undefined): IndexRefusal | undefined {
  const status = REFUSED.exec(said)?.[1]?.replace(" Error, Credentials not correct", "")
  if (status === undefined) return undefined
  const named = indexIn(said, index)
  const which = named === undefined ? "the package index" : `the package index ${named.url}`
  if (named?.credential !== undefined) {
    return {
      reason: `${which} does not accept the secret ${named.credential} (${status})`,
      next: `check the value of ${named.credential}: user:password, or a token`,
    }
  }
  return {
    reason: `${which} refuses to answer without credentials (${status})`,
    next: `name the secret that holds its credential: ${named?.key ?? "index.credential"} = "INDEX_CREDENTIAL"`,
  }
}

/** The index of the settings whose address stands in the text; the only one where none does. */
function indexIn(said: string, { url, credential, extra = [] }: IndexSettings = {}): Named | undefined {
  const all: readonly Named[] = [
    ...extra.map((each, i) => ({ url: each.url, credential: each.credential, key: `index.extra[${i}].credential` })),
    ...(url === undefined ? [] : [{ url, credential, key: "index.credential" }]),
  ]
  return all.find((each) => said.includes(each.url.replace(/\/+$/, ""))) ?? (all.length === 1 ? all[0] : undefined)
}
