import type { Evidence } from "./project.js"
import type { Snapshot } from "./snapshot.js"

const MARKERS = /(?:^|\/)(?:pyproject\.toml|setup\.py|setup\.cfg)$/
const ASIDE =
  /(?:^|\/)(?:\..*|tests?|docs?|examples?|fixtures|templates|testing|vendor|_vendor|third_party|node_modules)\//

/** Folders below the project that are Python projects themselves; those that only serve tests, docs or examples are none. */
export function nestedProjects(paths: readonly string[]): readonly string[] {
  const folders = paths
    .filter((path) => path.includes("/") && MARKERS.test(path) && !ASIDE.test(path))
    .map((path) => path.slice(0, path.lastIndexOf("/")))
  return [...new Set(folders)].sort()
}

/** The other projects as `inspect` shows them; nothing where there are none. */
export function nestedEvidence({ paths }: Pick<Snapshot, "paths">): readonly Evidence[] {
  const [first, ...others] = nestedProjects(paths)
  if (first === undefined) return []
  return [
    {
      fact: "other projects",
      value: [first, ...others].join(", "),
      origin: "default",
      change: `each is examined by its path: quillon ci ${first}`,
    },
  ]
}
