import type { Project } from "./project.js"

/**
 * What to hand to pytest so that it runs the tests against the installed project: tests beside the packages by path,
 * tests inside them, and packages with examples to run, by dotted name (`--pyargs`).
 */
export function testTargets({ tests, packages }: Pick<Project, "tests" | "packages">): {
  readonly paths: readonly string[]
  readonly installed: readonly string[]
} {
  const homeOf = (path: string) => packages.find((each) => path === each.path || path.startsWith(`${each.path}/`))
  const installed = tests.paths.flatMap((path) => {
    const home = homeOf(path)
    if (home === undefined) return []
    const inner = path.slice(home.path.length + 1).replace(/\.py$/, "")
    return [inner === "" ? home.name : `${home.name}.${inner.replaceAll("/", ".")}`]
  })
  const documented = tests.doctests ? packages.map(({ name }) => name) : []
  return {
    paths: tests.paths.filter((path) => homeOf(path) === undefined),
    installed: [...new Set([...documented, ...installed])],
  }
}
