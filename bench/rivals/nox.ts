import type { RivalPlan } from "./script.js"

/** Its name in the tree; the project's own noxfile stays as it is. */
export const NOXFILE = "bench_noxfile.py"

/** A noxfile with the same cells: uv as backend, environments kept, sessions that may run at the same time. Pure. */
export function noxfile({ subject, pythons, main }: RivalPlan): string {
  const ruff = (...args: readonly string[]) =>
    `session.run(${list(["ruff", ...args, "--extend-exclude", NOXFILE, "."])})`
  const test = subject.coverage ? ["coverage", "run", "-m", "pytest"] : ["pytest"]
  return `import pathlib
import shutil

import nox

nox.options.default_venv_backend = "uv"
nox.options.reuse_venv = "yes"
nox.options.allow_parallel = True


@nox.session(python="${main}")
def lint(session):
    session.install("ruff==${subject.ruff}")
    ${ruff("check", "--no-fix")}
${subject.format ? `    ${ruff("format", "--check")}\n` : ""}

@nox.session(python="${main}")
def types(session):
    session.install(${list(subject.typesNeeds)})
    session.run(${list(["mypy", ...subject.mypyTargets])})


@nox.session(venv_backend="none")
def build(session):
    shutil.rmtree("dist", ignore_errors=True)
    session.run("uv", "build", "--quiet", "--python", "python${main}", external=True)


@nox.session(python=[${list(pythons)}], requires=["build"])
def tests(session):
    session.install(${list(subject.testNeeds)})
    wheel = next(pathlib.Path("dist").glob("*.whl"))
    session.install("--reinstall", "--no-deps", str(wheel))
    session.run(${list(test)}, env={"COVERAGE_FILE": f".coverage.nox.{session.python}"})
`
}

function list(args: readonly string[]): string {
  return args.map((arg) => JSON.stringify(arg)).join(", ")
}
