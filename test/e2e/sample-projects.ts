import { cp, mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { PlainSpec } from "../plain/plain-counts.js"
import { fetchProject, RELEASES, type Release } from "../projects.js"

/** A project that nobody here wrote, and how a person who reads its documentation would examine it. */
export interface Sample extends Pick<PlainSpec, "tests" | "types" | "mypy" | "packages" | "covered" | "formatted"> {
  readonly name: string
  /** A fresh copy of it. */
  readonly fetch: () => Promise<string>
  /** True where tests are skipped for modules that an interpreter was compiled without: tkinter, dbm.gnu. */
  readonly skipsMissingModules?: true
  /** True where its tests need a Redis. */
  readonly database?: true
  /** Interpreters on which its tests are compared. */
  readonly pythons: readonly string[]
}

function released(release: Release): Pick<Sample, "name" | "fetch"> {
  return { name: `${release.name} ${release.version}`, fetch: () => fetchProject(release) }
}

const GUESTBOOK = join(import.meta.dirname, "../../examples/guestbook")

async function copyGuestbook(): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), "quillon-guestbook-")), "guestbook")
  const left = /\/(?:\.quillon|__pycache__|\.\w+_cache)$/
  await cp(GUESTBOOK, folder, { recursive: true, filter: (path) => !left.test(path) })
  return folder
}

/** One of each build backend and layout, with and without a lock. Nothing here was taken from what Quillon finds out. */
export const SAMPLES: readonly Sample[] = [
  {
    // flit, src layout; its pin of freezegun breaks on 3.13, where no test runs, so that coverage is not known.
    ...released(RELEASES.itsdangerous),
    pythons: ["3.9", "3.11", "3.13"],
    tests: ["-r", "requirements/tests.txt"],
    types: ["-r", "requirements/typing.txt"],
    mypy: [],
    packages: ["src/itsdangerous"],
    covered: false,
    formatted: false,
  },
  {
    // hatchling, two import packages, a lock, long tests.
    ...released(RELEASES.attrs),
    pythons: ["3.11"],
    tests: { groups: ["tests"] },
    types: { groups: ["mypy"] },
    mypy: ["src/attr", "src/attrs"],
    packages: ["src/attr", "src/attrs"],
    covered: true,
    formatted: true,
  },
  {
    // setuptools-scm, tests in `testing/`, and pytest itself depends on it.
    ...released(RELEASES.pluggy),
    pythons: ["3.11", "3.13"],
    tests: { groups: ["testing"] },
    types: { groups: [] },
    mypy: ["src/pluggy"],
    packages: ["src/pluggy"],
    covered: true,
    formatted: true,
  },
  {
    // poetry-core, flat layout.
    ...released(RELEASES.tomlkit),
    pythons: ["3.9", "3.11", "3.13"],
    tests: ["--group", "dev"],
    types: ["--group", "dev"],
    mypy: [],
    packages: ["tomlkit"],
    covered: false,
    formatted: false,
  },
  {
    // pdm, with development dependencies in its own table.
    ...released(RELEASES.docopt),
    pythons: ["3.9"],
    tests: ["black", "mypy", "ruff", "pre-commit", "pytest", "pytest-cov", "pytest-mypy"],
    types: ["black", "mypy", "ruff", "pre-commit", "pytest", "pytest-cov", "pytest-mypy"],
    mypy: ["docopt"],
    packages: ["docopt"],
    covered: false,
    formatted: false,
  },
  {
    // A C extension: a wheel for each interpreter.
    ...released(RELEASES.markupsafe),
    pythons: ["3.11", "3.13"],
    tests: { groups: ["tests"] },
    types: { groups: ["typing"] },
    mypy: [],
    packages: ["src/markupsafe"],
    covered: true,
    formatted: false,
  },
  {
    // No pyproject.toml, one module.
    ...released(RELEASES.six),
    skipsMissingModules: true,
    pythons: ["3.9", "3.11", "3.13"],
    tests: ["pytest"],
    types: [],
    mypy: ["six.py"],
    packages: ["six.py"],
    covered: false,
    formatted: false,
  },
  {
    // setup.py; a failing test, HIGH findings, hundreds of lint findings.
    ...released(RELEASES.click),
    pythons: ["3.9", "3.11", "3.13"],
    tests: ["pytest", "colorama"],
    types: [],
    mypy: ["src/click"],
    packages: ["src/click"],
    covered: true,
    formatted: false,
  },
  {
    // An application with requirements files, a Dockerfile and a database.
    name: "guestbook",
    fetch: copyGuestbook,
    database: true,
    pythons: ["3.13"],
    tests: ["-r", "requirements.txt", "-r", "requirements-dev.txt"],
    types: ["-r", "requirements.txt", "-r", "requirements-dev.txt"],
    mypy: ["guestbook"],
    packages: ["guestbook"],
    covered: false,
    formatted: false,
  },
]
