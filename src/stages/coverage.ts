import { PURE } from "../pipeline/cache-policy.js"
import type { Stage } from "../pipeline/stage.js"
import type { FilePatterns, Project } from "../project/project.js"
import { COMBINE_COVERAGE_PY } from "./assets.js"
import { withProgram, withReadOnlyWork } from "./container-files.js"
import { coverageGate } from "./coverage-gate.js"
import { readCoverage } from "./coverage-reading.js"
import { measuresCoverage } from "./coverage-wanted.js"
import { RESULTS_PATH } from "./places.js"
import { cellOnDefault } from "./python-cells.js"
import { TESTS_RUN } from "./test-records.js"

const DATA_PATH = `${RESULTS_PATH}-data`

/** Combines what all test cells covered, on the paths of the sources. */
export const coverage: Stage = {
  name: "coverage",
  title: "Combine coverage",
  gives: ["coverage-report"],
  takes: [
    { kind: "requirements", from: "one", when: "passed" },
    { kind: "coverage-data", from: "every-cell", when: "looked" },
  ],
  cache: PURE,
  baseline: "never",
  gate: coverageGate,
  skip: (project, settings) =>
    measuresCoverage(project, settings)
      ? undefined
      : "coverage is not configured: set coverage.minimum, or [tool.coverage] in pyproject.toml",
  cells: cellOnDefault,
  commands({ dag, project, sources, toolchain, inputs }, cell) {
    const requirements = { directory: inputs.one("requirements").directory, path: "test.txt" }
    const environment = toolchain.environment({ python: cell.python ?? toolchain.defaultPython, requirements })
    const base = inputs.every("coverage-data").reduce(
      (left, { cell, directory, facts }) =>
        left.withMountedDirectory(
          `${DATA_PATH}/${cell.key || "only"}`,
          // Where collection failed, what importing covered is no number that anybody asked for.
          facts[TESTS_RUN] === "none" ? dag.directory() : directory,
          { readOnly: true },
        ),
      withReadOnlyWork(environment, sources.view(coveredFiles(project))),
    )
    const { container, path } = withProgram(base, { name: "combine_coverage.py", text: COMBINE_COVERAGE_PY })
    return [
      {
        name: "combine",
        container,
        argv: ["python", path, DATA_PATH, JSON.stringify(project.packages), RESULTS_PATH, project.path],
        reports: [{ name: "coverage", path: `${RESULTS_PATH}/coverage.json` }],
        keeps: [{ kind: "coverage-report", path: `${RESULTS_PATH}/report` }],
      },
    ]
  },
  read: readCoverage,
}

/** Sources, tests and configuration: what the reports show, and how they are configured. */
function coveredFiles({ packages, tests }: Project): FilePatterns {
  const code = packages.map(({ kind, path }) => (kind === "module" ? path : `${path}/**`))
  const own = new Set(packages.map(({ path }) => path))
  return {
    include: [...new Set([...code, ...tests.files.include])],
    exclude: tests.files.exclude.filter((path) => !own.has(path)),
  }
}
