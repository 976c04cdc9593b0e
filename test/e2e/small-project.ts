import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { writeFiles } from "../write-files.js"

/** Files by path relative to the project. */
export type Files = Readonly<Record<string, string>>

const PYPROJECT = `[build-system]
requires = ["flit_core>=3.11,<4"]
build-backend = "flit_core.buildapi"

[project]
name = "small"
version = "1.2.3"
description = "A small package"
requires-python = ">=3.13,<3.14"
classifiers = ["Programming Language :: Python :: 3.13"]

[tool.quillon]
audit.enabled = false # what the world knows today is no part of these tests
`

const SMALL: Files = {
  "pyproject.toml": PYPROJECT,
  "README.md": "# small\n",
  "src/small/__init__.py": 'def double(n: int) -> int:\n    """Twice as much."""\n    return 2 * n\n',
  "src/small/py.typed": "",
  "tests/test_double.py": "from small import double\n\n\ndef test_double() -> None:\n    assert double(2) == 4\n",
}

/** Writes a small green package for one interpreter into a fresh folder, with changes on top. */
export async function smallProject(changes: Files = {}, name = "small"): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), "quillon-e2e-")), name)
  await writeFiles(folder, { ...SMALL, ...changes })
  return folder
}

/** The small package's pyproject.toml with settings below [tool.quillon]. */
export function withSettings(settings: string): Files {
  return { "pyproject.toml": `${PYPROJECT}${settings}\n` }
}

/** The small package's pyproject.toml with dependencies of its own. */
export function withDependencies(dependencies: readonly string[]): Files {
  return { "pyproject.toml": PYPROJECT.replace("\n[tool", `dependencies = ${JSON.stringify(dependencies)}\n\n[tool`) }
}
