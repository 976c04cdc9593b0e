import { levelOf } from "../bump.js"
import type { Change } from "../commits/change.js"
import type { ReleasePolicy } from "../policy-settings.js"

/** Changes under one heading. */
export interface Section {
  readonly title: string
  readonly changes: readonly Change[]
}

/** Titles of the sections where the settings say nothing else, in the order in which they are shown. */
const TITLES: Readonly<Record<string, string>> = {
  feat: "Features",
  fix: "Bug fixes",
  perf: "Performance",
  revert: "Reverts",
}

const BREAKING = "Breaking changes"
const OTHER = "Other changes"

/**
 * Sorts changes under headings, breaking ones first; each change stands once. A type without a title is left out,
 * unless it releases something: then it is among the other changes.
 */
export function sectionsOf(changes: readonly Change[], policy: ReleasePolicy): readonly Section[] {
  const titles: Readonly<Record<string, string>> = { ...TITLES, ...policy.changelog.sections }
  const order = [BREAKING, ...new Set(Object.values(titles).filter((title) => title !== "")), OTHER]
  const sections = new Map<string, Change[]>(order.map((title) => [title, []]))
  for (const change of changes) sections.get(titleOf(change, { titles, policy }) ?? "")?.push(change)
  return [...sections]
    .filter(([, found]) => found.length > 0)
    .map(([title, found]) => ({ title, changes: found.sort(byScopeAndSubject) }))
}

function titleOf(change: Change, rules: { titles: Readonly<Record<string, string>>; policy: ReleasePolicy }) {
  if (change.breaking.length > 0) return BREAKING
  const title = change.type !== null && Object.hasOwn(rules.titles, change.type) ? rules.titles[change.type] : undefined
  if (title) return title
  return levelOf(change, rules.policy) === undefined ? undefined : OTHER
}

/** By code units, never by locale: the same facts give the same notes on every machine. */
function byScopeAndSubject(a: Change, b: Change): number {
  return order(a.scope ?? "", b.scope ?? "") || order(a.subject, b.subject) || order(a.hash, b.hash)
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
