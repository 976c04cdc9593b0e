/** An issue that a commit names, in this repository or another one of the same forge. */
export interface Reference {
  /** `owner/name` of another repository. */
  readonly repository?: string
  /** Number of the issue. */
  readonly issue: string
}

const CLOSING = /^\s*(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?|refs?)\b:?\s+(\S.*)$/i
const ISSUE = /(?:^|[\s,(])([\w.-]+(?:\/[\w.-]+)+)?#(\d+)\b/g

/** Issues that a line such as `Closes #12, owner/name#3` names; none for other lines. */
export function readReferences(line: string): readonly Reference[] {
  const named = CLOSING.exec(line)?.[1]
  if (named === undefined) return []
  return [...named.matchAll(ISSUE)].map(([, repository, issue = ""]) => ({
    ...(repository === undefined ? {} : { repository }),
    issue,
  }))
}
