import type { Container } from "@dagger.io/dagger"
import { TEST_RESULTS } from "../findings/listed-tests.js"
import { PURE } from "../pipeline/cache-policy.js"
import type { Stage, StageContext } from "../pipeline/stage.js"
import type { FilePatterns, Project } from "../project/project.js"
import { testTargets } from "../project/test-targets.js"
import { VENV_PATH } from "../toolchain/paths.js"
import { QUILLON_PYTEST_PY, RUN_COVERED_PY, RUN_TESTS_PY } from "./assets.js"
import { withOwnWork, withProgram } from "./container-files.js"
import { measuresCoverage } from "./coverage-wanted.js"
import { RESULTS_PATH } from "./places.js"
import { demandsTests } from "./policy.js"
import { cellPerPython } from "./python-cells.js"
import { testGate } from "./test-gate.js"
import { readTest } from "./test-reading.js"
import { IN_PARALLEL } from "./test-records.js"
import { workersOf } from "./test-workers.js"
import { INSTALLED_WHEEL, installedWheel } from "./tested-wheel.js"

const RECORDS = `${RESULTS_PATH}/pytest`
/** The records of a run in several processes that was not believed. */
const PARALLEL = `${RESULTS_PATH}/parallel`
const COVERED = `${RESULTS_PATH}/coverage`

/** An application that cannot be installed is tested where it lies. */
const TREE: FilePatterns = { include: ["**"], exclude: [] }

/** Runs the tests with pytest on each interpreter, against the built wheel, with the source packages out of reach. */
export const test: Stage = {
  name: "test",
  title: "Test",
  gives: ["coverage-data", TEST_RESULTS],
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
    const installed = installedWheel(ctx.inputs) !== undefined
    const files = installed ? project.tests.files : TREE
    const work = withOwnWork(environment, sources.view(files))
    const pytest = ["-p", "quillon_pytest", `--quillon-out=${RECORDS}`, ...where(project, { args, installed }), ...args]
    const covered = measuresCoverage(project, settings)
    const { container, argv } = runner(work, { project, covered, workers: workersOf(settings) })
    return [
      {
        name: "pytest",
        container,
        argv: [...argv, ...pytest],
        reports: [
          ...["running.json", "failures.jsonl", "outcomes.json"].map((name) => ({ name, path: `${RECORDS}/${name}` })),
          { name: IN_PARALLEL, path: `${PARALLEL}/failures.jsonl` },
        ],
        keeps: [
          { kind: TEST_RESULTS, path: `${RECORDS}/results` },
          ...(covered ? [{ kind: "coverage-data", path: COVERED }] : []),
        ],
      },
    ]
  },
  read: readTest,
}

interface Wish {
  readonly project: Project
  readonly covered: boolean
  readonly workers: ReturnType<typeof workersOf>
}

/** The command before pytest's own arguments: plain, under coverage, or in several processes. */
function runner(work: Container, { project, covered, workers }: Wish) {
  const { packages } = project
  const file = `${COVERED}/.coverage`
  const measuring = covered ? withProgram(work, { name: "run_covered.py", text: RUN_COVERED_PY }) : undefined
  const serial =
    measuring === undefined
      ? ["python", "-m", "pytest"]
      : ["python", measuring.path, file, JSON.stringify(packages), "--"]
  const container = measuring?.container ?? work
  if (workers === undefined) return { container, argv: serial }
  const plan = {
    workers,
    records: RECORDS,
    parallel: PARALLEL,
    serial,
    covered: covered ? { file, packages } : null,
  }
  const parallel = withProgram(container, { name: "run_tests.py", text: RUN_TESTS_PY })
  return { container: parallel.container, argv: ["python", parallel.path, JSON.stringify(plan), "--"] }
}

/** What the tests need, and the wheel installed last: the project itself is not among its own requirements. */
function testEnvironment({ toolchain, inputs }: StageContext, python: string): Container {
  const requirements = { directory: inputs.one("requirements").directory, path: "test.txt" }
  const wheel = installedWheel(inputs)
  const warmUp = ["-m", "pytest", "--version"]
  return toolchain.environment({ python, requirements, warmUp, ...(wheel === undefined ? {} : { wheel }) })
}

/** A folder without `__init__` above an installed package is part of its name; else pytest imports a second copy of it. */
const BY_NAME = ["-o", "consider_namespace_packages=true", "--pyargs"]

/** Where the tests lie. As `testpaths`, so that paths after `--` take their place; installed tests by their names. */
function where(
  project: Project,
  { args, installed }: { args: readonly string[]; installed: boolean },
): readonly string[] {
  const targets = testTargets(project)
  const framework = (project.tests.framework?.options ?? []).flatMap((option) => ["-o", option])
  if (installed && targets.installed.length > 0) {
    return args.some(isTestPath) ? BY_NAME : [...BY_NAME, ...targets.installed, ...targets.paths]
  }
  const { paths } = project.tests
  if (paths.length === 0) return framework
  return [...framework, "-o", `testpaths=${paths.map((path) => `"${path}"`).join(" ")}`]
}

/** True for what names tests, and not the value of an option. */
function isTestPath(arg: string): boolean {
  return !arg.startsWith("-") && /\.py$|::|\//.test(arg)
}
