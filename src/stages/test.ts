import type { Container } from "@dagger.io/dagger"
import { PURE } from "../pipeline/cache-policy.js"
import type { Stage, StageContext } from "../pipeline/stage.js"
import type { FilePatterns, Project } from "../project/project.js"
import { VENV_PATH } from "../toolchain/paths.js"
import { QUILLON_PYTEST_PY, RUN_COVERED_PY } from "./assets.js"
import { withOwnWork, withProgram } from "./container-files.js"
import { measuresCoverage } from "./coverage-wanted.js"
import { RESULTS_PATH } from "./places.js"
import { demandsTests } from "./policy.js"
import { cellPerPython } from "./python-cells.js"
import { testGate } from "./test-gate.js"
import { readTest } from "./test-reading.js"
import { INSTALLED_WHEEL, installedWheel } from "./tested-wheel.js"

const RECORDS = `${RESULTS_PATH}/pytest`
const COVERED = `${RESULTS_PATH}/coverage`

/** An application that cannot be installed is tested where it lies. */
const TREE: FilePatterns = { include: ["**"], exclude: [] }

/** Runs the tests with pytest on each interpreter, against the built wheel, with the source packages out of reach. */
export const test: Stage = {
  name: "test",
  title: "Test",
  gives: ["coverage-data"],
  takes: [{ kind: "requirements", from: "one", when: "passed" }, ...INSTALLED_WHEEL],
  cache: PURE,
  baseline: "never",
  gate: testGate,
  skip: ({ tests }, settings) =>
    tests.present || demandsTests(settings) ? undefined : "no tests were found: name them in [tool.quillon.test] paths",
  cells: cellPerPython,
  commands(ctx, cell) {
    const { project, settings, sources, args } = ctx
    const python = cell.python ?? ctx.toolchain.defaultPython
    // In site-packages and not on PYTHONPATH: the tests' own processes must not inherit anything of ours.
    const plugin = `${VENV_PATH}/lib/python${python}/site-packages/quillon_pytest.py`
    const environment = testEnvironment(ctx, python).withNewFile(plugin, QUILLON_PYTEST_PY)
    const files = installedWheel(ctx.inputs) === undefined ? TREE : project.tests.files
    const work = withOwnWork(environment, sources.view(files))
    const pytest = ["-p", "quillon_pytest", `--quillon-out=${RECORDS}`, ...where(project), ...args]
    const reports = ["running.json", "failures.jsonl", "outcomes.json"].map((name) => ({
      name,
      path: `${RECORDS}/${name}`,
    }))
    if (!measuresCoverage(project, settings)) {
      return [{ name: "pytest", container: work, argv: ["python", "-m", "pytest", ...pytest], reports }]
    }
    const { container, path } = withProgram(work, { name: "run_covered.py", text: RUN_COVERED_PY })
    return [
      {
        name: "pytest",
        container,
        argv: ["python", path, `${COVERED}/.coverage`, JSON.stringify(project.packages), "--", ...pytest],
        reports,
        keeps: [{ kind: "coverage-data", path: COVERED }],
      },
    ]
  },
  read: readTest,
}

/** What the tests need, and the wheel installed last: the project itself is not among its own requirements. */
function testEnvironment({ toolchain, inputs }: StageContext, python: string): Container {
  const requirements = { directory: inputs.one("requirements").directory, path: "test.txt" }
  const wheel = installedWheel(inputs)
  return toolchain.environment({ python, requirements, ...(wheel === undefined ? {} : { wheel }) })
}

/** Where the tests lie. As `testpaths`, so that paths after `--` take their place; installed tests by their names. */
function where({ tests, packages }: Project): readonly string[] {
  if (tests.insidePackage) return ["--pyargs", ...packages.map(({ name }) => name)]
  if (tests.paths.length === 0) return []
  return ["-o", `testpaths=${tests.paths.map((path) => `"${path}"`).join(" ")}`]
}
