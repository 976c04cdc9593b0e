import type { RivalPlan } from "./script.js"

/** A tox.ini with the same cells: tox-uv, the wheel made from the sdist once. Pure. */
export function toxIni({ subject, pythons, main }: RivalPlan): string {
  const main2 = main.replace(".", "")
  const factors = pythons.map((version) => version.replace(".", ""))
  const test = subject.coverage ? "coverage run -m pytest" : "pytest"
  return `[tox]
requires = tox-uv
env_list = lint, types, ${factors.map((factor) => `py${factor}`).join(", ")}

[testenv]
package = sdist-wheel
wheel_build_env = .pkg
${needs(subject.testNeeds)}
set_env = COVERAGE_FILE = {env_dir}/.coverage
commands = ${test}

[testenv:.pkg]
base_python = python${main}

[testenv:lint]
base_python = py${main2}
skip_install = true
dependency_groups =
deps = ruff==${subject.ruff}
commands =
    ruff check --no-fix .
${subject.format ? "    ruff format --check .\n" : ""}
[testenv:types]
base_python = py${main2}
skip_install = true
dependency_groups =
${needs(subject.typesNeeds)}
commands = mypy ${subject.mypyTargets.join(" ")}
`
}

/** Arguments of `pip install` as tox's settings. */
function needs(args: readonly string[]): string {
  const deps: string[] = []
  const groups: string[] = []
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ""
    if (arg === "-r") deps.push(`-r ${args[++at]}`)
    else if (arg === "--group") groups.push(args[++at] ?? "")
    else deps.push(arg)
  }
  const lines = [`deps =${deps.map((dep) => `\n    ${dep}`).join("")}`]
  if (groups.length > 0) lines.push(`dependency_groups = ${groups.join(", ")}`)
  return lines.join("\n")
}
