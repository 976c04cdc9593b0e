import type { Container } from "@dagger.io/dagger"
import { DAY, observe } from "../pipeline/cache-policy.js"
import type { Stage, StageContext } from "../pipeline/stage.js"
import type { Project } from "../project/project.js"
import { OWN_REFERENCES_PY, RESOLVE_PY } from "./assets.js"
import { ORDINARY_USER, withOwnWork, withProgram, withReadOnlyWork } from "./container-files.js"
import { RESULTS_PATH, WORK_PATH } from "./places.js"
import { cellPerPython } from "./python-cells.js"
import { levelsAbove, resolvePlan } from "./resolve-plan.js"
import { readResolve } from "./resolve-reading.js"
import { noFindingFrom } from "./severity-gate.js"
import { workersOf } from "./test-workers.js"

/** Resolves what each purpose installs to a hashed requirements file for one interpreter. */
export const resolve: Stage = {
  name: "resolve",
  title: "Resolve dependencies",
  gives: ["requirements"],
  cache: observe(DAY),
  baseline: "never",
  gate: noFindingFrom("error", "requirement that cannot be satisfied", "requirements that cannot be satisfied"),
  cells: cellPerPython,
  commands({ project, settings, sources, toolchain }, cell) {
    const python = cell.python ?? toolchain.defaultPython
    const what = resolvePlan(project, {
      seesAbove: sources.above !== undefined,
      parallel: workersOf(settings) !== undefined,
    })
    const plan = { name: "resolve-plan.json", text: JSON.stringify(what, null, 1) }
    const base = withMetadata(toolchain.python(python), { project, sources })
    const planned = withProgram(base, plan)
    const helped = withProgram(planned.container, { name: "own_references.py", text: OWN_REFERENCES_PY })
    const { container, path } = withProgram(helped.container, { name: "resolve.py", text: RESOLVE_PY })
    return [
      {
        name: "resolve",
        container,
        argv: ["python3", path, planned.path, RESULTS_PATH],
        reports: [{ name: "resolve", path: `${RESULTS_PATH}/resolve.json` }],
        keeps: [{ kind: "requirements", path: `${RESULTS_PATH}/requirements` }],
      },
    ]
  },
  read: readResolve,
}

/** The project's metadata and locks; those of its workspace around it, where they are and the door can see them. */
function withMetadata(
  container: Container,
  { project, sources }: Pick<StageContext, "project" | "sources">,
): Container {
  const own = sources.view(project.dependencies.files)
  const levels = levelsAbove(project)
  // To tell its metadata, setuptools writes beside the sources.
  const isBuilt = asksBackend(project)
  if (levels === 0 || sources.above === undefined) return (isBuilt ? withOwnWork : withReadOnlyWork)(container, own)
  const around = sources.above(levels, { include: ["uv.lock", "**/pyproject.toml"], exclude: [] })
  const inside = `${WORK_PATH}/${project.path.split("/").slice(-levels).join("/")}`
  const mount = isBuilt ? { owner: ORDINARY_USER } : { readOnly: true }
  return withReadOnlyWork(container, around).withMountedDirectory(inside, own, mount).withWorkdir(inside)
}

function asksBackend({ dependencies: { runtime, test, types } }: Project): boolean {
  return [...runtime, ...test, ...types].some(({ kind }) => kind === "metadata")
}
