import type { Subject } from "../subject.js"

/** What a rival's configuration is made from. */
export interface RivalPlan {
  readonly subject: Subject
  /** Interpreters of the matrix, ascending; the last one serves what has no matrix. */
  readonly pythons: readonly string[]
  /** Interpreter for lint, types and build: the one that the pipeline takes. */
  readonly main: string
  /** What the script does besides: the stages `security` and `coverage`, with the requirement of the tool. */
  readonly extras: { readonly security?: string; readonly coverage?: true }
}

/** The plain shell script: the same tools in virtual environments that are kept, cells at the same time. Pure. */
export function shellScript({ subject, pythons, main, extras }: RivalPlan): string {
  const cells = ["lint", "types"]
  const text = [
    "#!/bin/bash",
    "# Lints, checks types, builds, and tests the wheel on each Python; cells run at the same time where they can.",
    "mkdir -p .logs; rm -f .logs/*",
    "",
    'cell() { c=$1; shift; if "$@" >".logs/$c.log" 2>&1; then echo "passed $c"; else echo "failed $c"; touch .logs/failed; fi; }',
    'venv() { [ -d ".venv/$1" ] || uv venv --quiet --python "python$2" ".venv/$1"; }',
    'add() { e=$1; shift; uv pip install --quiet --python ".venv/$e" "$@"; }',
    "",
    "lint() {",
    `  venv lint ${main} && add lint ruff==${subject.ruff} &&`,
    `    .venv/lint/bin/ruff check --no-fix .${subject.format ? " && .venv/lint/bin/ruff format --check ." : ""}`,
    "}",
    "types() {",
    `  venv types ${main} && add types ${words(subject.typesNeeds)} && .venv/types/bin/mypy ${words(subject.mypyTargets)}`,
    "}",
    `build() { rm -rf dist && uv build --quiet --python python${main}; }`,
    `environment() { venv "test$1" "$1" && add "test$1" ${words(subject.testNeeds)}; }`,
    "tests() {",
    '  add "test$1" --reinstall --no-deps dist/*.whl &&',
    `    COVERAGE_FILE=.coverage.$1 ".venv/test$1/bin/python" -m ${subject.coverage ? "coverage run -m pytest" : "pytest"}`,
    "}",
    ...extraFunctions({ subject, pythons, main, extras }),
    "",
  ]
  if (extras.security !== undefined) cells.push("security")
  const background = [...cells.map((name) => `cell ${name} ${name} &`), "cell build build & B=$!"]
  return [
    ...text,
    ...background,
    ...pythons.map((version) => `cell environment@${version} environment ${version} & E${version.replace(".", "")}=$!`),
    `wait $B ${pythons.map((version) => `$E${version.replace(".", "")}`).join(" ")}`,
    "T=",
    ...pythons.map((version) => `cell test@${version} tests ${version} & T="$T $!"`),
    "wait $T",
    ...(extras.coverage && subject.coverage ? ["cell coverage coverage &"] : []),
    "wait",
    "[ ! -e .logs/failed ]",
    "",
  ].join("\n")
}

/** Cells of the script for the pipeline's further stages. */
function extraFunctions({ subject, main, extras }: RivalPlan): readonly string[] {
  const { security, coverage } = extras
  const python = `.venv/test${main}/bin/python`
  const packages = words(subject.packages)
  const bandit = `.venv/security/bin/bandit --quiet --recursive --severity-level high ${packages}`
  return [
    ...(security === undefined
      ? []
      : [`security() { venv security ${main} && add security ${security} && ${bandit}; }`]),
    ...(coverage ? [`coverage() { ${python} -m coverage combine --keep && ${python} -m coverage report; }`] : []),
  ]
}

function words(args: readonly string[]): string {
  return args.map((arg) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg}'`)).join(" ")
}
