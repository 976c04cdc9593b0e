import { PURE } from "../pipeline/cache-policy.js"
import type { Stage } from "../pipeline/stage.js"
import type { Project } from "../project/project.js"
import { VENV_PATH } from "../toolchain/paths.js"
import { QUILLON_PYTEST_PY } from "./assets.js"
import { withOwnWork } from "./container-files.js"
import { RESULTS_PATH } from "./places.js"
import { cellPerPython } from "./python-cells.js"
import { testGate } from "./test-gate.js"
import { readTest } from "./test-reading.js"

const RECORDS = `${RESULTS_PATH}/pytest`

/** Runs the tests with pytest on each interpreter, against the built wheel, with the source packages out of reach. */
export const test: Stage = {
  name: "test",
  title: "Test",
  takes: [
    { kind: "requirements", from: "one", when: "passed" },
    { kind: "wheel", from: "one", when: "passed", optional: true },
  ],
  cache: PURE,
  gate: testGate,
  skip: ({ tests }) => (tests.present ? undefined : "no tests were found: name them in [tool.quillon.test] paths"),
  cells: cellPerPython,
  commands({ project, sources, toolchain, inputs, args }, cell) {
    const python = cell.python ?? toolchain.defaultPython
    const requirements = { directory: inputs.one("requirements").directory, path: "test.txt" }
    const wheel = inputs.maybe("wheel")
    const file = wheel?.files.find(({ path }) => path.endsWith(".whl"))?.path
    const environment = toolchain.environment({
      python,
      requirements,
      ...(wheel === undefined || file === undefined ? {} : { wheel: { directory: wheel.directory, path: file } }),
    })
    // In site-packages and not on PYTHONPATH: the tests' own processes must not inherit anything of ours.
    const plugin = `${VENV_PATH}/lib/python${python}/site-packages/quillon_pytest.py`
    const files = wheel === undefined ? { include: ["**"], exclude: [] } : project.tests.files
    return [
      {
        name: "pytest",
        container: withOwnWork(environment.withNewFile(plugin, QUILLON_PYTEST_PY), sources.view(files)),
        argv: [
          "python",
          "-m",
          "pytest",
          "-p",
          "quillon_pytest",
          `--quillon-out=${RECORDS}`,
          ...where(project),
          ...args,
        ],
        reports: ["running.json", "failures.jsonl", "outcomes.json"].map((name) => ({
          name,
          path: `${RECORDS}/${name}`,
        })),
      },
    ]
  },
  read: readTest,
}

/** Where the tests lie. As `testpaths`, so that paths after `--` take their place; installed tests by their names. */
function where({ tests, packages }: Project): readonly string[] {
  if (tests.insidePackage) return ["--pyargs", ...packages.map(({ name }) => name)]
  if (tests.paths.length === 0) return []
  return ["-o", `testpaths=${tests.paths.map((path) => `"${path}"`).join(" ")}`]
}
