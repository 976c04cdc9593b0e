import type { Project } from "../project/project.js"
import { list } from "./missing-modules.js"

/** What pytest says of what it no longer does, or soon won't. */
const OUTGROWN = /\bPytestRemovedIn\d+Warning\b|are declared in the hookimpl but can not be found in the hookspec/

/** What to do where tests are older than the pytest that was chosen because nothing names an older one. */
export function adviceOnNewPytest(
  said: string,
  { project, pytest }: { readonly project: Project; readonly pytest?: string | undefined },
): string | undefined {
  if (!OUTGROWN.test(said) || project.tools.pytest?.pin !== undefined) return undefined
  const major = Number(pytest?.split(".")[0] ?? "9")
  const known = project.dependencies.chosen?.test.requirements ?? []
  const who = pytest === undefined ? "the pytest that was chosen" : `pytest ${pytest}`
  return `the tests are older than ${who}; name one that they know: [tool.quillon.test] requirements = ${list([...known, `pytest<${major}`])}`
}
