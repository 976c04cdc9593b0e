import { dirname } from "node:path/posix"
import { PURE } from "../pipeline/cache-policy.js"
import type { Stage } from "../pipeline/stage.js"
import type { FilePatterns, Project } from "../project/project.js"
import { CHECK_TYPES_PY } from "./assets.js"
import { withOwnWork, withProgram } from "./container-files.js"
import { RESULTS_PATH, STDOUT_REPORT } from "./places.js"
import { cellOnDefault } from "./python-cells.js"
import { noFindingFrom } from "./severity-gate.js"
import { TESTED_WHEEL, wheelFile } from "./tested-wheel.js"
import { readTypes } from "./types-reading.js"

const WHEEL_PATH = "/tmp/types.whl"

const CONFIGURATION = ["pyproject.toml", "mypy.ini", ".mypy.ini", "setup.cfg"]

/** One form of output for every version of mypy: its JSON came with 1.11 only. */
const OUTPUT = [
  "--no-pretty",
  "--show-column-numbers",
  "--show-error-codes",
  "--hide-error-context",
  "--no-color-output",
  "--no-error-summary",
  // Not /dev/null: mypy refuses to check in parallel (`num_workers`) without a cache.
  "--cache-dir=/tmp/mypy-cache",
]

/**
 * What the type check examines: all code where mypy's configuration may name any of it, less the tests where it can't
 * mean them, else the packages.
 */
export function typesFiles({ packages, tests, tools: { mypy } }: Project): FilePatterns {
  const paths = packages.map(({ kind, path }) => (kind === "module" ? path : `${path}/**`))
  const code = mypy?.configured === undefined ? paths : ["**/*.py", "**/*.pyi", "**/py.typed", ...paths]
  const apart = !tests.insidePackage && !mypy?.mayNeedTests
  const left = apart ? tests.paths.filter((path) => !packages.some((each) => liesIn(each.path, path))) : []
  return {
    include: [...CONFIGURATION, ...code],
    exclude: ["**/__pycache__", "**/*.so", "**/.venv", ...left.flatMap((path) => [path, `${path}/**`])],
  }
}

function liesIn(path: string, folder: string): boolean {
  return folder === "." || path === folder || path.startsWith(`${folder}/`)
}

/** Checks types with mypy, on what its configuration names or else on the import packages. */
export const types: Stage = {
  name: "types",
  title: "Check types",
  takes: [
    { kind: "requirements", from: "one", when: "passed" },
    // What git ignores and the build writes, e.g. `_version.py`, is in no view of the sources.
    { kind: TESTED_WHEEL, from: "one", when: "passed", optional: true, where: buildWritesModules },
  ],
  cache: PURE,
  gate: noFindingFrom("warning", "type error"),
  skip: (project) => (project.packages.length === 0 ? "no import package was found" : undefined),
  cells: cellOnDefault,
  commands({ project, sources, toolchain, inputs, args }, cell) {
    const requirements = { directory: inputs.one("requirements").directory, path: "types.txt" }
    const python = cell.python ?? toolchain.defaultPython
    // Writable: the workers of `num_workers` leave files in the working directory.
    const base = withOwnWork(toolchain.environment({ python, requirements }), sources.view(typesFiles(project)))
    const targets = args.length > 0 ? [] : project.packages.map((each) => each.path)
    const wheel = wheelFile(inputs.maybe(TESTED_WHEEL))
    const known = wheel === undefined ? base : base.withMountedFile(WHEEL_PATH, wheel.directory.file(wheel.path))
    const plan = { targets, packages: project.packages, wheel: wheel === undefined ? null : WHEEL_PATH }
    const planned = withProgram(known, { name: "types-plan.json", text: JSON.stringify(plan) })
    const { container, path } = withProgram(planned.container, { name: "check_types.py", text: CHECK_TYPES_PY })
    const report = `${RESULTS_PATH}-types.json`
    return [
      {
        name: "mypy",
        container: container.withEnvVariable("MYPYPATH", importRoots(project).join(":")),
        argv: ["python", path, report, planned.path, "--", ...OUTPUT, ...args],
        reports: [{ name: "types", path: report }, STDOUT_REPORT],
      },
    ]
  },
  read: readTypes,
}

/** Plugins that read the version from the tag write it into a module, which git mostly ignores. */
function buildWritesModules({ build }: Project): boolean {
  return build?.version === "scm"
}

/** Folders from which the packages are imported, e.g. `src`, so that code beside them finds them too. */
function importRoots({ packages }: Project): readonly string[] {
  const roots = packages.map(({ name, path }) => name.split(".").reduce((folder) => dirname(folder), path))
  return [...new Set(roots.map((root) => (root === "." ? "/work" : `/work/${root}`)))]
}
