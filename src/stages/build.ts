import { PURE } from "../pipeline/cache-policy.js"
import type { Stage } from "../pipeline/stage.js"
import type { Project } from "../project/project.js"
import { BUILD_PY, WHEEL_TWIN_PY } from "./assets.js"
import { readBuild } from "./build-reading.js"
import { withProgram, withReadOnlyWork } from "./container-files.js"
import { RESULTS_PATH } from "./places.js"
import { pretendVersion } from "./pretend-version.js"
import { cellPerPython } from "./python-cells.js"
import { noFindingFrom } from "./severity-gate.js"
import { TESTED_WHEEL } from "./tested-wheel.js"
import { ourRequirement } from "./tool-pins.js"

/**
 * Seconds since 1970 that stand for every file's time: 2020-01-01. Constant, so that a commit that changes nothing in
 * the package gives the same bytes; after 1980, before which zip knows no time.
 */
export const BUILD_EPOCH = 1_577_836_800

/** Builds the sdist, and from it the wheel: one, or one for each interpreter where it is not pure. */
export const build: Stage = {
  name: "build",
  title: "Build sdist and wheel",
  gives: ["sdist", "wheel", TESTED_WHEEL],
  cache: PURE,
  baseline: "never",
  gate: noFindingFrom("warning", "defect of the distributions", "defects of the distributions"),
  skip: ({ build: facts }) => (facts === undefined ? "the project has no build backend" : undefined),
  cells: (project, inputs) => (isPure(project) ? [{ key: "" }] : cellPerPython(project, inputs)),
  commands({ project, sources, toolchain }, cell) {
    const { build: facts } = project
    if (facts === undefined) return []
    const python = cell.python ?? toolchain.defaultPython
    const tools = [ourRequirement("twine")]
    const base = facts.pure ? toolchain.environment({ python, tools, uv: true }) : toolchain.builder(python, tools)
    const work = withReadOnlyWork(base, sources.view(facts.files))
    const twin = withProgram(work, { name: "wheel_twin.py", text: WHEEL_TWIN_PY })
    const { container, path } = withProgram(twin.container, { name: "build.py", text: BUILD_PY })
    const environment = { SOURCE_DATE_EPOCH: String(BUILD_EPOCH), ...pretendVersion(project) }
    const variables = Object.entries(environment)
    return [
      {
        name: "build",
        container: variables.reduce((left, [name, value]) => left.withEnvVariable(name, value), container),
        argv: ["python", path, "/work", RESULTS_PATH],
        reports: [{ name: "build", path: `${RESULTS_PATH}/build.json` }],
        keeps: [
          { kind: "sdist", path: `${RESULTS_PATH}/sdist` },
          { kind: "wheel", path: `${RESULTS_PATH}/wheel` },
          { kind: TESTED_WHEEL, path: `${RESULTS_PATH}/twin` },
        ],
      },
    ]
  },
  read: readBuild,
}

function isPure(project: Project): boolean {
  return project.build?.pure !== false
}
