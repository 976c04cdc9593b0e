import type { Artifact, ArtifactKind, Inputs } from "./artifact.js"
import type { Address } from "./cell.js"
import type { Edge } from "./graph.js"

/** Artifacts by the address of the cell that gave them. */
export type Given = ReadonlyMap<Address, readonly Artifact[]>

/** Collects for a cell what its edges lead to. */
export function inputsOf(edges: readonly Edge[], given: Given): Inputs {
  const find = (kind: ArtifactKind): readonly Artifact[] => {
    const edge = edges.find(({ need }) => need.kind === kind)
    if (edge === undefined) throw new RangeError(`the stage takes "${kind}" without declaring it`)
    return edge.from.flatMap((address) => given.get(address)?.filter((artifact) => artifact.kind === kind) ?? [])
  }
  return {
    one(kind) {
      const [artifact] = find(kind)
      if (artifact === undefined) throw new RangeError(`no artifact "${kind}" was given`)
      return artifact
    },
    maybe: (kind) => find(kind)[0],
    every: find,
  }
}
