import { globToRegExp } from "./glob.js"
import type { FilePatterns } from "./project.js"

/**
 * The paths that patterns show, as the engine understands them: a pattern that names a folder means all below it, `!`
 * takes back what was said before, and no pattern at all shows everything. Pure.
 */
export function shownPaths(paths: readonly string[], { include, exclude }: FilePatterns): readonly string[] {
  const [wanted, unwanted] = [matcherOf(include), matcherOf(exclude)]
  return paths.filter((path) => (include.length === 0 || wanted(path)) && !unwanted(path))
}

function matcherOf(patterns: readonly string[]): (path: string) => boolean {
  const rules = patterns.map((pattern) => {
    const takesBack = pattern.startsWith("!")
    const glob = pattern.replace(/^!?\/?/, "").replace(/\/$/, "")
    return { takesBack, file: globToRegExp(glob), below: globToRegExp(`${glob}/**`) }
  })
  return (path) =>
    rules.reduce(
      (matched, { takesBack, file, below }) => (file.test(path) || below.test(path) ? !takesBack : matched),
      false,
    )
}
