import type { Container } from "@dagger.io/dagger"
import { PURE } from "../pipeline/cache-policy.js"
import type { Stage, StageContext } from "../pipeline/stage.js"
import type { BuildFacts, Project } from "../project/project.js"
import { BUILD_PY, DISTRIBUTIONS_PY, FINISHED_PY, WHEEL_TWIN_PY } from "./assets.js"
import { readBuild } from "./build-reading.js"
import { BUILD_ENVIRONMENT, withBuildEnvironment } from "./build-requirements.js"
import { withProgram, withReadOnlyWork } from "./container-files.js"
import { FINISHED_PATH, withFinishedWheels } from "./finished-wheels.js"
import { RESULTS_PATH, WORK_PATH } from "./places.js"
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

const SDIST_PATH = "/tmp/quillon-sdist"

/** Builds the sdist once, and from it the wheel: one, or one for each interpreter where it is not pure. */
export const build: Stage = {
  name: "build",
  title: "Build sdist and wheel",
  gives: ["sdist", "wheel", "wheel-elsewhere", "build-requirements", TESTED_WHEEL],
  cache: PURE,
  reads: (project) => (takesVersionFromTag(project) ? "versions" : undefined),
  baseline: "never",
  gate: noFindingFrom("warning", "defect of the distributions", "defects of the distributions"),
  skip: ({ build: facts }) => (facts === undefined ? "the project has no build backend" : undefined),
  cells: (project, inputs) => (project.build?.pure === false ? cellPerPython(project, inputs) : [{ key: "" }]),
  commands(ctx, cell) {
    const { build: facts } = ctx.project
    if (facts === undefined) return []
    const python = cell.python ?? ctx.toolchain.defaultPython
    const { container, argv } = facts.pure ? both(ctx, facts, python) : wheelOfSdist(ctx, facts, python)
    return [
      {
        name: "build",
        container: withFinishedWheels(container, ctx),
        argv,
        reports: [{ name: "build", path: `${RESULTS_PATH}/build.json` }],
        keeps: [
          { kind: "sdist", path: `${RESULTS_PATH}/sdist` },
          { kind: "wheel", path: `${RESULTS_PATH}/wheel` },
          { kind: "wheel-elsewhere", path: `${RESULTS_PATH}/elsewhere` },
          { kind: "build-requirements", path: `${RESULTS_PATH}/requirements` },
          { kind: TESTED_WHEEL, path: `${RESULTS_PATH}/twin` },
        ],
      },
    ]
  },
  read: readBuild,
}

/** True where no file says the version that the build needs. */
function takesVersionFromTag({ build: facts }: Project): boolean {
  return facts?.version === "scm"
}

interface Prepared {
  readonly container: Container
  readonly argv: readonly string[]
}

function both(ctx: StageContext, facts: BuildFacts, python: string): Prepared {
  const { container, program, plan } = prepared(ctx, facts, python)
  return { container: withSources(container, ctx, facts), argv: ["python", program, "both", plan, RESULTS_PATH] }
}

/**
 * The sdist is made on the interpreter that has no matrix, in a step that all cells share, so that every wheel comes from
 * the same bytes; the step itself never fails, and each cell reads what it says.
 */
function wheelOfSdist(ctx: StageContext, facts: BuildFacts, python: string): Prepared {
  const shared = prepared(ctx, facts, ctx.toolchain.defaultPython)
  const sdist = withSources(shared.container, ctx, facts)
    .withExec(["python", shared.program, "sdist", shared.plan, SDIST_PATH])
    .directory(SDIST_PATH)
  const { container, program, plan } = prepared(ctx, facts, python)
  return {
    container: container.withMountedDirectory(SDIST_PATH, sdist, { readOnly: true }),
    argv: ["python", program, "wheel", plan, RESULTS_PATH, SDIST_PATH],
  }
}

function withSources(container: Container, { sources }: StageContext, facts: BuildFacts): Container {
  return withReadOnlyWork(container, sources.view(facts.files))
}

function prepared(ctx: StageContext, facts: BuildFacts, python: string) {
  const { toolchain, project, settings, versions } = ctx
  const tools = [ourRequirement("twine")]
  const base = facts.pure ? toolchain.environment({ python, tools, uv: true }) : toolchain.builder(python, tools)
  const variables = {
    SOURCE_DATE_EPOCH: String(ctx.epoch ?? BUILD_EPOCH),
    ...pretendVersion(project, versions),
    // Those that all stages get reach the last step alone.
    ...settings.build.env,
  }
  const { requires, backend, backendPath: path = [], pure } = facts
  const finished = settings.build.wheels === undefined ? null : FINISHED_PATH
  const plan = {
    ...{ name: project.name, source: WORK_PATH, environment: BUILD_ENVIRONMENT, requires, backend, path },
    ...{ native: !pure, finished },
  }
  const files = [
    { name: "wheel_twin.py", text: WHEEL_TWIN_PY },
    { name: "distributions.py", text: DISTRIBUTIONS_PY },
    { name: "finished.py", text: FINISHED_PY },
    { name: "build.py", text: BUILD_PY },
    { name: "build-plan.json", text: JSON.stringify(plan, null, 1) },
  ]
  let container = withBuildEnvironment(base, ctx, facts)
  const paths = files.map((file) => {
    const added = withProgram(container, file)
    container = added.container
    return added.path
  })
  container = Object.entries(variables).reduce((left, [name, value]) => left.withEnvVariable(name, value), container)
  return { container, program: paths.at(-2) ?? "", plan: paths.at(-1) ?? "" }
}
