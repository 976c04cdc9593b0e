import { DAY, observe } from "../pipeline/cache-policy.js"
import type { Gate } from "../pipeline/gate.js"
import type { Stage } from "../pipeline/stage.js"
import type { Project } from "../project/project.js"
import { OUTDATED_PY } from "./assets.js"
import { withProgram } from "./container-files.js"
import { readOutdated } from "./outdated-reading.js"
import { RESULTS_PATH, WORK_PATH } from "./places.js"
import { cellOnDefault } from "./python-cells.js"

/** Reports only, unless the setting `outdated.gate` or the strict policy asks: then direct dependencies are newest. */
const outdatedGate: Gate = {
  demands: "direct dependencies are the newest, where outdated.gate asks for it",
  judge({ findings }, { outdated, policy }) {
    const direct = findings.filter(({ severity }) => severity === "warning")
    const message = `${findings.length} outdated, ${direct.length} of them direct`
    return { passed: direct.length === 0 || !(outdated.gate || policy === "strict"), message }
  },
}

/** Compares what `resolve` gave with what the index has. */
export const outdated: Stage = {
  name: "outdated",
  title: "Look for newer dependencies",
  takes: [{ kind: "requirements", from: "one", when: "passed" }],
  cache: observe(DAY),
  baseline: "never",
  gate: outdatedGate,
  cells: cellOnDefault,
  commands({ project, toolchain, inputs }, cell) {
    const base = toolchain
      .python(cell.python ?? toolchain.defaultPython)
      .withMountedDirectory(WORK_PATH, inputs.one("requirements").directory, { readOnly: true })
    const { container, path } = withProgram(base, { name: "outdated.py", text: OUTDATED_PY })
    const report = `${RESULTS_PATH}-outdated.json`
    return [
      {
        name: "compare",
        container,
        argv: ["python3", path, WORK_PATH, JSON.stringify(directNames(project)), report],
        reports: [{ name: "outdated", path: report }],
      },
    ]
  },
  read: readOutdated,
}

/** Names that the project's own metadata asks for. */
function directNames({ dependencies }: Project): readonly string[] {
  const inputs = [...dependencies.runtime, ...dependencies.test, ...dependencies.types]
  const names = inputs.flatMap((input) =>
    input.kind === "requirement" ? (/^[A-Za-z0-9][\w.-]*/.exec(input.text)?.[0] ?? []) : [],
  )
  return [...new Set(names)].sort()
}
