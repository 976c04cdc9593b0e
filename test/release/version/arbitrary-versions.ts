import fc from "fast-check"
import type { PreLabel, Version } from "../../../src/release/version/version.js"

const LABELS: readonly PreLabel[] = ["dev", "alpha", "beta", "rc"]

const small = fc.nat({ max: 3 })
const any = fc.oneof({ weight: 5, arbitrary: small }, { weight: 1, arbitrary: fc.maxSafeNat() })

/** Versions of the domain, close to each other often enough that order matters. */
export function versions(): fc.Arbitrary<Version> {
  const pre = fc.option(fc.record({ label: fc.constantFrom(...LABELS), number: any }), { nil: undefined })
  return fc
    .record({ major: any, minor: any, patch: any, pre })
    .map(({ pre: found, ...release }) => (found === undefined ? release : { ...release, pre: found }))
}

/** The order that the design states, written without any version library. */
export function orderByHand(a: Version, b: Version): number {
  const key = ({ major, minor, patch, pre }: Version) => [
    major,
    minor,
    patch,
    pre === undefined ? LABELS.length : LABELS.indexOf(pre.label),
    pre?.number ?? 0,
  ]
  const [left, right] = [key(a), key(b)]
  const at = left.findIndex((part, index) => part !== right[index])
  return at === -1 ? 0 : Math.sign((left[at] ?? 0) - (right[at] ?? 0))
}
