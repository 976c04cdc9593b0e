import { DAY, observe } from "../pipeline/cache-policy.js"
import type { Stage } from "../pipeline/stage.js"
import type { Project } from "../project/project.js"
import { OUTDATED_PY } from "./assets.js"
import { withProgram, withReadOnlyWork } from "./container-files.js"
import { outdatedGate } from "./outdated-gate.js"
import { readOutdated } from "./outdated-reading.js"
import { RESULTS_PATH } from "./places.js"
import { cellOnDefault } from "./python-cells.js"

/** Where what `resolve` gave is mounted; the project's own files are where they always are. */
const RESOLVED_PATH = "/tmp/resolved"

/** Compares what `resolve` gave with what the index has. */
export const outdated: Stage = {
  name: "outdated",
  title: "Look for newer dependencies",
  takes: [{ kind: "requirements", from: "one", when: "passed" }],
  cache: observe(DAY),
  baseline: "never",
  gate: outdatedGate,
  cells: cellOnDefault,
  commands({ dag, project, sources, toolchain, inputs }, cell) {
    const direct = directOf(project)
    const base = withReadOnlyWork(
      toolchain.python(cell.python ?? toolchain.defaultPython),
      // A view of no pattern shows everything, so that any edit would look at the index again.
      direct.files.length === 0 ? dag.directory() : sources.view({ include: direct.files, exclude: [] }),
    ).withMountedDirectory(RESOLVED_PATH, inputs.one("requirements").directory, { readOnly: true })
    const { container, path } = withProgram(base, { name: "outdated.py", text: OUTDATED_PY })
    const report = `${RESULTS_PATH}-outdated.json`
    return [
      {
        name: "compare",
        container,
        argv: ["python3", path, RESOLVED_PATH, JSON.stringify(direct), report],
        reports: [{ name: "outdated", path: report }],
      },
    ]
  },
  read: readOutdated,
}

/** What the project asks for itself: names of its metadata, and its requirements files. */
function directOf({ dependencies }: Project) {
  const inputs = [...dependencies.runtime, ...dependencies.test, ...dependencies.types]
  const names = inputs.flatMap((input) =>
    input.kind === "requirement" ? (/^[A-Za-z0-9][\w.-]*/.exec(input.text)?.[0] ?? []) : [],
  )
  const files = inputs.flatMap((input) => (input.kind === "file" ? [input.path] : []))
  return { names: [...new Set(names)].sort(), files: [...new Set(files)].sort() }
}
