import type { IndexSettings } from "./settings.js"

/** How `uv` is told of the indexes: plain variables, and names of secrets by the variable that takes each. */
export interface IndexVariables {
  readonly plain: Readonly<Record<string, string>>
  readonly secret: Readonly<Record<string, string>>
}

/** What the variables of credentials begin with; `uv_with_credentials.py` and `install_uv.py` read them. */
const CREDENTIAL = "QUILLON_INDEX_"

/** The variables for the indexes of the settings; empty for the public index. Pure. */
export function indexVariables(index: IndexSettings | undefined): IndexVariables {
  const { url, credential, extra = [] } = index ?? {}
  const plain: Record<string, string> = {}
  const secret: Record<string, string> = {}
  if (url !== undefined) {
    plain.UV_DEFAULT_INDEX = `default=${url}`
    if (credential !== undefined) secret[`${CREDENTIAL}DEFAULT`] = credential
  }
  if (extra.length > 0) {
    plain.UV_INDEX = extra.map((more, number) => `extra${number}=${more.url}`).join(" ")
    for (const [number, more] of extra.entries()) {
      if (more.credential !== undefined) secret[`${CREDENTIAL}EXTRA${number}`] = more.credential
    }
  }
  return { plain, secret }
}
