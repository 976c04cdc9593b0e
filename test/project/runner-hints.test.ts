import { expect, test } from "vitest"
import { readRunnerHints } from "../../src/project/runner-hints.js"
import { snapshotOf } from "./snapshot-of.js"

const tox = `[tox]
envlist = py3{9,10}, cov

[testenv]
extras =
    cli
    docs: docs
dependency_groups = tests
deps =
    -r requirements/tests.txt
    -r{toxinidir}/more.txt
    pytest>=7
    cov: coverage
    dev: git+https://example.org/x.git
    {env:EXTRA}

[testenv:style]
deps = pre-commit
`

test("tox.ini: what holds in every test environment, and nothing that a factor guards", async () => {
  const hints = readRunnerHints(await snapshotOf({ "tox.ini": tox }))
  expect(hints.extras).toEqual(["cli"])
  expect(hints.groups).toEqual(["tests"])
  expect(hints.files).toEqual(["requirements/tests.txt", "more.txt"])
  expect(hints.requirements).toEqual([{ text: "pytest>=7", origin: { file: "tox.ini", line: 9 } }])
})

test("tox.ini: lines that another section has, also where two name each other", async () => {
  const text =
    "[core]\ndeps =\n    pytest\n    pytest-asyncio\n    {[testenv]deps}\n[testenv]\ndeps =\n    {[core]deps}\n    numpy\n    tf: {[tf]deps}\n[tf]\ndeps = tensorflow\n"
  const { requirements } = readRunnerHints(await snapshotOf({ "tox.ini": text }))
  expect(requirements.map((each) => each.text)).toEqual(["pytest", "pytest-asyncio", "numpy"])
})

test("tox in pyproject.toml", async () => {
  const text = '[tool.tox.env_run_base]\ndependency_groups = ["tests"]\ndeps = ["pytest", "-r req.txt"]'
  const hints = readRunnerHints(await snapshotOf({ "pyproject.toml": text }))
  expect([hints.groups, hints.files, hints.requirements.map((each) => each.text)]).toEqual([
    ["tests"],
    ["req.txt"],
    ["pytest"],
  ])
})

test("hatch: the environment for tests before the default one", async () => {
  const text =
    '[tool.hatch.envs.default]\ndependencies = ["a"]\n[tool.hatch.envs.hatch-test]\nextra-dependencies = ["b"]\nfeatures = ["x"]'
  const hints = readRunnerHints(await snapshotOf({ "pyproject.toml": text }))
  expect([hints.extras, hints.requirements.map((each) => each.text)]).toEqual([["x"], ["b"]])
})

test("nox: the session that starts pytest", async () => {
  const text = `import nox

@nox.session
def lint(session):
    session.install("ruff")

@nox.session(python=["3.9"])
def tests(session):
    session.install("-r", "req.txt", "hypothesis>=6", ".[extra]")
    session.run("pytest", *session.posargs)
`
  const hints = readRunnerHints(await snapshotOf({ "noxfile.py": text }))
  expect([hints.extras, hints.files, hints.requirements]).toEqual([
    ["extra"],
    ["req.txt"],
    [{ text: "hypothesis>=6", origin: { file: "noxfile.py", line: 7 } }],
  ])
})

test("setup.py: tests_require", async () => {
  const hints = readRunnerHints(await snapshotOf({ "setup.py": 'setup(tests_require=["mock"])' }))
  expect(hints.requirements.map((each) => each.text)).toEqual(["mock"])
})
