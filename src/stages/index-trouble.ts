import { type IndexRefusal, readIndexRefusal } from "../toolchain/index-refusal.js"
import type { IndexSettings } from "../toolchain/settings.js"

/** What uv's words come to where an index did not answer: it refused, was out of order or slow, or could not be reached. */
export function indexTrouble(said: string, index: IndexSettings | undefined): IndexRefusal | undefined {
  const refusal = readIndexRefusal(said, index)
  if (refusal !== undefined) return refusal
  const [, address] = /Failed to (?:fetch|download):? `?(\S+?)`?$/m.exec(said) ?? []
  if (address === undefined && !/Request failed after \d+ retries/.test(said)) return undefined
  const status = /\((5\d\d [A-Z][\w ]*)\)/.exec(said)?.[1]
  const innermost = [...said.matchAll(/^ *cause: (.+)$/gm)].at(-1)?.[1]
  const why = status ?? (/timed out/.test(said) ? "it took too long to answer" : innermost)
  return {
    reason: `the package index could not be reached: ${[address, why].filter(Boolean).join(", ")}`,
    next: "check the network and the setting index.url, then run again: what could not be looked at is not remembered",
  }
}
