import type { RawCommit } from "./facts.js"

/** Leaves out a commit and everything that it contains: what is left is newer than it. Order is kept. */
export function commitsAfter(commits: readonly RawCommit[], start: string | undefined): readonly RawCommit[] {
  if (start === undefined) return commits
  const parents = new Map(commits.map((commit) => [commit.hash, commit.parents]))
  const contained = new Set<string>([start])
  const open = [start]
  for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
    for (const parent of parents.get(hash) ?? []) {
      if (contained.has(parent)) continue
      contained.add(parent)
      open.push(parent)
    }
  }
  return commits.filter(({ hash }) => !contained.has(hash))
}
