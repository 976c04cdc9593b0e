import { PURE } from "../pipeline/cache-policy.js"
import type { Stage } from "../pipeline/stage.js"
import { VENV_PATH } from "../toolchain/paths.js"
import { SBOM_PY } from "./assets.js"
import { withProgram } from "./container-files.js"
import { RESULTS_PATH, WORK_PATH } from "./places.js"
import { cellOnDefault } from "./python-cells.js"
import { readSbom } from "./sbom-reading.js"
import { INSTALLED_WHEEL, installedWheel, wheelFile } from "./tested-wheel.js"
import { ourRequirement } from "./tool-pins.js"

/** Where what the wheel installs is mounted; the tool has an environment of its own, which is no part of the bill. */
const EXAMINED_PATH = "/opt/examined"

/** Writes a CycloneDX bill of materials of the wheel and of what it installs. */
export const sbom: Stage = {
  name: "sbom",
  title: "Write bill of materials",
  gives: ["sbom"],
  takes: [{ kind: "requirements", from: "one", when: "passed" }, ...INSTALLED_WHEEL],
  cache: PURE,
  baseline: "never",
  cells: cellOnDefault,
  commands({ project, settings, toolchain, inputs }, cell) {
    const python = cell.python ?? toolchain.defaultPython
    const requirements = { directory: inputs.one("requirements").directory, path: "runtime.txt" }
    const wheel = wheelFile(inputs.maybe("wheel"))
    // The bill names the wheel by its hash; what it installs is the same without the description.
    const installed = installedWheel(inputs)
    const examined = toolchain.environment({
      python,
      requirements,
      ...(installed === undefined ? {} : { wheel: installed }),
    })
    const tool = toolchain
      .environment({ python, tools: [ourRequirement("cyclonedx-bom")] })
      .withMountedDirectory(EXAMINED_PATH, examined.directory(VENV_PATH), { readOnly: true })
      .withMountedFile(`${WORK_PATH}/runtime.txt`, requirements.directory.file(requirements.path))
    const file = wheel === undefined ? null : `${WORK_PATH}/${wheel.path}`
    const mounted =
      wheel === undefined || file === null ? tool : tool.withMountedFile(file, wheel.directory.file(wheel.path))
    const { container, path } = withProgram(mounted, { name: "sbom.py", text: SBOM_PY })
    const plan = {
      environment: EXAMINED_PATH,
      requirements: `${WORK_PATH}/runtime.txt`,
      wheel: file,
      name: project.name,
      version: project.version ?? null,
      index: settings.index.url ?? null,
    }
    return [
      {
        name: "cyclonedx",
        container,
        argv: ["python", path, JSON.stringify(plan), RESULTS_PATH],
        reports: [{ name: "sbom", path: `${RESULTS_PATH}/sbom.json` }],
        keeps: [{ kind: "sbom", path: `${RESULTS_PATH}/sbom` }],
      },
    ]
  },
  read: readSbom,
}

/** The wheel among the files of the artifact; an application has none. */
