import { DAY, observe } from "../pipeline/cache-policy.js"
import type { Stage } from "../pipeline/stage.js"
import { RESOLVE_PY } from "./assets.js"
import { withProgram, withReadOnlyWork } from "./container-files.js"
import { RESULTS_PATH } from "./places.js"
import { cellPerPython } from "./python-cells.js"
import { resolvePlan } from "./resolve-plan.js"
import { readResolve } from "./resolve-reading.js"
import { noFindingFrom } from "./severity-gate.js"

/** Resolves what each purpose installs to a hashed requirements file for one interpreter. */
export const resolve: Stage = {
  name: "resolve",
  title: "Resolve dependencies",
  gives: ["requirements"],
  cache: observe(DAY),
  baseline: "never",
  gate: noFindingFrom("error", "requirement that cannot be satisfied", "requirements that cannot be satisfied"),
  cells: cellPerPython,
  commands({ project, sources, toolchain }, cell) {
    const python = cell.python ?? toolchain.defaultPython
    const plan = { name: "resolve-plan.json", text: JSON.stringify(resolvePlan(project), null, 1) }
    const base = withReadOnlyWork(toolchain.python(python), sources.view(project.dependencies.files))
    const planned = withProgram(base, plan)
    const { container, path } = withProgram(planned.container, { name: "resolve.py", text: RESOLVE_PY })
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
