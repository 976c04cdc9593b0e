import type { Sight } from "../../targets/ports/sight.js"
import type { Target } from "../../targets/ports/target.js"
import type { Written } from "../../targets/ports/written.js"
import type { ReleaseArtifact } from "../journal/schema.js"

/** What a look shows an act, which may find that it is rightly not to be made. */
export type ActSight = Sight | { readonly kind: "passed-over"; readonly why: string }

/** One write of a release: the smallest thing that is there or not. */
export interface Act {
  /** Stable, e.g. `index:engine-1.3.0.tar.gz`. */
  readonly id: string
  readonly what: string
  readonly where: string
  readonly settleSeconds: number
  /** `write`, or `trial` where it changes nothing and may be made again at will. */
  readonly nature: "write" | "trial"
  /** True where a later release rightly replaces it: once made, its absence means that it was overtaken. */
  readonly replaceable: boolean
  /** Bytes that it writes. */
  readonly bytes: { readonly artifact?: ReleaseArtifact; readonly image?: string }
  probe(): Promise<ActSight>
  apply(): Promise<Written>
  verify(): Promise<ActSight>
}

/** What an act is called. */
export type ActName = Pick<Act, "id" | "what" | "where"> & Partial<Pick<Act, "nature" | "bytes" | "replaceable">>

/** The act of making one wish come true at a target. */
export function actOn<Wish>(target: Target<Wish>, wish: Wish, name: ActName): Act {
  return {
    nature: "write",
    replaceable: false,
    bytes: {},
    ...name,
    settleSeconds: target.settleSeconds,
    probe: () => target.probe(wish),
    apply: () => target.apply(wish),
    verify: () => target.verify(wish),
  }
}
