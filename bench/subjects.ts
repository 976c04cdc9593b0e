import { fetchProject, RELEASES } from "../test/projects.js"
import { GENERATED_TESTS, writeGeneratedProject } from "./generated-project.js"
import type { Subject } from "./subject.js"

const itsdangerous: Subject = {
  name: "itsdangerous",
  title: `itsdangerous ${RELEASES.itsdangerous.version} (flit)`,
  write: () => fetchProject(RELEASES.itsdangerous),
  pythons: ["3.8", "3.9", "3.10", "3.11", "3.12"],
  testNeeds: ["-r", "requirements/tests.txt", "coverage"],
  typesNeeds: ["-r", "requirements/typing.txt"],
  ruff: "0.17.6",
  format: false,
  mypyTargets: [],
  packages: ["src/itsdangerous"],
  coverage: true,
  testsAlsoIn: ["types", "build"],
  readme: "README.md",
  testFile: "tests/test_itsdangerous/test_encoding.py",
  sourceFile: "src/itsdangerous/encoding.py",
}

const pluggy: Subject = {
  name: "pluggy",
  title: `pluggy ${RELEASES.pluggy.version} (setuptools-scm)`,
  write: () => fetchProject(RELEASES.pluggy),
  pythons: ["3.10", "3.11", "3.12", "3.13", "3.14"],
  tag: RELEASES.pluggy.version,
  testNeeds: ["--group", "testing"],
  typesNeeds: ["mypy==2.4.1"],
  ruff: "0.17.0",
  format: true,
  mypyTargets: ["src/pluggy"],
  packages: ["src/pluggy"],
  coverage: true,
  testsAlsoIn: ["build"],
  readme: "README.rst",
  testFile: "testing/test_tracer.py",
  sourceFile: "src/pluggy/_tracing.py",
}

const generated: Subject = {
  name: "generated",
  title: `a generated package (hatchling, ${GENERATED_TESTS.toLocaleString("en")} tests)`,
  write: writeGeneratedProject,
  pythons: ["3.9", "3.10", "3.11", "3.12", "3.13", "3.14"],
  testNeeds: ["pytest>=8.4", "coverage[toml]"],
  typesNeeds: ["mypy==2.4.1"],
  ruff: "0.17.6",
  format: true,
  mypyTargets: ["src/thousand"],
  packages: ["src/thousand"],
  coverage: true,
  testsAlsoIn: ["build"],
  readme: "README.md",
  testFile: "tests/test_part_0.py",
  sourceFile: "src/thousand/part_0.py",
}

/** What is measured, smallest first. */
export const SUBJECTS: readonly Subject[] = [itsdangerous, pluggy, generated]
