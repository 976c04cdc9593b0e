import { PURE } from "../pipeline/cache-policy.js"
import type { Stage } from "../pipeline/stage.js"
import { SBOM_PY } from "./assets.js"
import { withProgram } from "./container-files.js"
import { RESULTS_PATH, WORK_PATH } from "./places.js"
import { cellOnDefault } from "./python-cells.js"
import { readSbom } from "./sbom-reading.js"
import { ourRequirement } from "./tool-pins.js"

/** Writes a CycloneDX bill of materials of the wheel and of what it installs. */
export const sbom: Stage = {
  name: "sbom",
  title: "Write bill of materials",
  gives: ["sbom"],
  takes: [
    { kind: "requirements", from: "one", when: "passed" },
    { kind: "wheel", from: "one", when: "passed", optional: true },
  ],
  cache: PURE,
  baseline: "never",
  cells: cellOnDefault,
  commands({ toolchain, inputs }) {
    const environment = toolchain.environment({
      python: toolchain.defaultPython,
      tools: [ourRequirement("cyclonedx-bom")],
    })
    const requirements = inputs.one("requirements").directory.file("runtime.txt")
    const base = environment.withMountedFile(`${WORK_PATH}/runtime.txt`, requirements)
    const wheel = inputs.maybe("wheel")
    const name = wheel?.files.find(({ path }) => path.endsWith(".whl"))?.path
    const mounted =
      wheel === undefined || name === undefined
        ? base
        : base.withMountedFile(`${WORK_PATH}/${name}`, wheel.directory.file(name))
    const { container, path } = withProgram(mounted, { name: "sbom.py", text: SBOM_PY })
    const of = name === undefined ? "-" : `${WORK_PATH}/${name}`
    return [
      {
        name: "cyclonedx",
        container,
        argv: ["python", path, `${WORK_PATH}/runtime.txt`, of, RESULTS_PATH],
        reports: [{ name: "sbom", path: `${RESULTS_PATH}/sbom.json` }],
        keeps: [{ kind: "sbom", path: `${RESULTS_PATH}/sbom` }],
      },
    ]
  },
  read: readSbom,
}
