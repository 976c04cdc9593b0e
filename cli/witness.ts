import type { Address } from "../src/pipeline/cell.js"
import type { CacheWitness } from "../src/pipeline/world.js"
import type { SpanNews } from "./spans.js"

/** A witness that is told of spans as they come. */
export interface SpanWitness extends CacheWitness {
  on(news: SpanNews): void
}

/** Milliseconds that a span may lag behind the answer that it belongs to; the engine sends batches each 0.1 s. */
const PATIENCE_MS = 1_000

/**
 * Tells from the engine's own spans whether all steps of a cell were cached. The first word on a call counts:
 * later queries select the same call again, and by then it is cached in any case.
 */
export function createSpanWitness(patience = PATIENCE_MS): SpanWitness {
  const verdicts = new Map<string, boolean>()
  const latest = new Map<Address, Map<string, string>>()
  const waiting = new Set<() => void>()

  const verdictOn = (address: Address, commands: readonly string[]): boolean | undefined => {
    const digests = commands.map((command) => latest.get(address)?.get(command))
    const known = digests.map((digest) => (digest === undefined ? undefined : verdicts.get(digest)))
    if (known.includes(undefined)) return undefined
    return known.every((cached) => cached === true)
  }

  return {
    on(news) {
      if (news.kind !== "step") return
      const commands = latest.get(news.address) ?? new Map<string, string>()
      latest.set(news.address, commands.set(news.command, news.digest))
      if (!news.ended || verdicts.has(news.digest)) return
      verdicts.set(news.digest, news.cached)
      for (const wake of waiting) wake()
    },
    async cached(address, commands) {
      if (commands.length === 0) return null
      const verdict = await new Promise<boolean | null>((resolve) => {
        const leave = (verdict: boolean | null) => {
          waiting.delete(settle)
          clearTimeout(timer)
          resolve(verdict)
        }
        const settle = () => {
          const verdict = verdictOn(address, commands)
          if (verdict !== undefined) leave(verdict)
        }
        const timer = setTimeout(() => leave(null), patience)
        waiting.add(settle)
        settle()
      })
      // The next attempt must not be judged by the spans of this one.
      latest.delete(address)
      return verdict
    },
  }
}
