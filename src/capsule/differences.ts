import { recordedRequirements } from "./recorded-resolve.js"
import type { Capsule } from "./schema.js"

/** What another machine is. */
export interface Here {
  readonly quillon: string
  readonly engine: string
  readonly platform: string | null
  /** Images of the capsule that can't be had here. */
  readonly gone: readonly string[]
  /** Names of secrets that have no value here. */
  readonly without: readonly string[]
  /** Cells whose requirements are taken. */
  readonly resolves: readonly string[]
  /** The cells that build. */
  readonly builds: readonly string[]
}

/** What here is not as it was in the run, a line each. Pure. */
export function describeDifferences(capsule: Capsule, here: Here): readonly string[] {
  const { quillon, engine, changes } = capsule
  const masked = capsule.masked.filter((name) => here.without.includes(name))
  const anew = [
    ...here.resolves.filter((address) => recordedRequirements(capsule, address) === undefined),
    ...here.builds.filter((address) => capsule.buildRequirements[address] === undefined),
  ]
  return [
    ...(quillon === here.quillon ? [] : [`Quillon ${quillon} there, ${here.quillon} here`]),
    ...(engine.version === here.engine ? [] : [`engine ${engine.version} there, ${here.engine} here`]),
    ...platformLine(engine.platform, here.platform),
    ...here.gone.map((image) => `the image ${image} is gone: what its name means today stands in for it`),
    ...anew.map((address) => `the capsule has not what ${address} had resolved: it is resolved anew`),
    ...changesLines(changes),
    ...masked.map((name) => `the value of ${name} stood in the run and is not here: ***${name}*** stands for it`),
  ]
}

function platformLine(there: string | null, here: string | null): readonly string[] {
  if (there === null || here === null) return ["nobody knows whether the architecture is the same"]
  return there === here ? [] : [`${there} there, ${here} here: what was built for one may not run on the other`]
}

function changesLines({ kind, missing }: Capsule["changes"]): readonly string[] {
  switch (kind) {
    case "none":
      return []
    case "left-out":
      return ["the tree differed from its commit, and the setting runs.patch keeps how out of the capsule"]
    case "unknown":
      return ["the run ended before it was known whether its tree differed from the commit"]
    case "recorded":
      return missing.map(({ path, why }) => `${path} is as committed, because the capsule has it not: ${why}`)
  }
}
