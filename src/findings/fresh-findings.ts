import type { Finding } from "./finding.js"

/** The findings that no baseline has accepted: those that gates judge, and that people are told of. Pure. */
export function freshFindings<T extends { readonly baselined?: Finding["baselined"] | undefined }>({
  findings,
}: {
  readonly findings: readonly T[]
}): readonly T[] {
  return findings.filter(({ baselined }) => baselined === undefined)
}
