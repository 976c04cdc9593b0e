import type { Project } from "../project/project.js"
import { distributionOf, mayInstall } from "./distribution-names.js"

/** What to add so that modules can be imported: extras of the project that ask for them, else requirements. */
export function adviceOnMissing(
  modules: readonly string[],
  { project, stage }: { project: Project; stage: "test" | "types" },
): string | undefined {
  const { chosen, offered = {} } = project.dependencies
  const found = [...new Set(modules)].map((module) => ({ module, extra: extraWith(module, offered) }))
  if (found.length === 0) return undefined
  const extras = found.flatMap(({ extra }) => extra ?? [])
  const others = found.filter(({ extra }) => extra === undefined).map(({ module }) => module)
  const own = others.map((module) => `${module.split(".")[0]}/**`)
  const add = [
    ...(extras.length === 0 ? [] : [`extras = ${list([...(chosen?.[stage].extras ?? []), ...extras])}`]),
    ...(others.length === 0
      ? []
      : [`requirements = ${list([...(chosen?.[stage].requirements ?? []), ...others.map(distributionOf)])}`]),
  ]
  const include =
    others.length === 0 || stage === "types" ? "" : ` from the index, include = ${list(own)} from the project`
  const what = found.map(({ module }) => `"${module}"`).join(", ")
  return `add ${what} in [tool.quillon.${stage}]: ${add.join(" and ")}${include}`
}

/** Modules that an extra of the project would install. */
export function offeredModules(modules: readonly string[], { dependencies }: Project): readonly string[] {
  return modules.filter((module) => extraWith(module, dependencies.offered ?? {}) !== undefined)
}

/** The smallest extra that asks for a distribution of that name. */
function extraWith(module: string, offered: Readonly<Record<string, readonly string[]>>): string | undefined {
  return Object.entries(offered)
    .filter(([, names]) => names.some((name) => mayInstall(name, module)))
    .toSorted(([, a], [, b]) => a.length - b.length)[0]?.[0]
}

/** A list as TOML has it, each item once. */
export function list(items: readonly string[]): string {
  return `[${[...new Set(items)].map((item) => JSON.stringify(item)).join(", ")}]`
}
