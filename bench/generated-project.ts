import { mkdir, mkdtemp, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"

const PARTS = 10
/** Tests of a part that are functions of their own, and cases of its one parametrised test. */
const [FUNCTIONS, CASES] = [13, 150]

/** Tests of the generated project as pytest counts them. */
export const GENERATED_TESTS = PARTS * (FUNCTIONS + CASES)

/** Writes a package of ten modules with 1,630 tests into a new folder, in ruff's format, typed, without a finding. */
export async function writeGeneratedProject(pythons: readonly string[]): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), "quillon-project-")), "thousand")
  const files: Record<string, string> = {
    "pyproject.toml": pyproject(pythons),
    "README.md": "# thousand\n\nA package that has many tests.\n",
    ".gitignore": [
      ".venv",
      ".nox",
      ".tox",
      "dist",
      ".quillon",
      "__pycache__",
      ".coverage",
      ".coverage.*",
      ".*_cache",
    ].join("\n"),
    "src/thousand/__init__.py": '"""A package that has many tests."""\n',
    "src/thousand/py.typed": "",
  }
  for (let part = 0; part < PARTS; part++) {
    files[`src/thousand/part_${part}.py`] = moduleText(part)
    files[`tests/test_part_${part}.py`] = testText(part)
  }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return folder
}

function pyproject(pythons: readonly string[]): string {
  return `[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "thousand"
version = "1.0.0"
description = "A package that has many tests"
readme = "README.md"
requires-python = ">=${pythons[0] ?? "3.9"}"
classifiers = [
${pythons.map((version) => `    "Programming Language :: Python :: ${version}",\n`).join("")}]

[dependency-groups]
test = ["pytest>=8.4"]

[tool.ruff.lint]
select = ["B", "E", "F", "I"]

[tool.ruff.format]

[tool.mypy]
strict = true

[tool.pytest.ini_options]
testpaths = ["tests"]

[tool.coverage.run]
branch = true
source = ["thousand"]
`
}

function moduleText(part: number): string {
  const functions = Array.from(
    { length: FUNCTIONS },
    (_, n) => `

def step_${n}(start: int) -> int:
    """Sum of the numbers below start that leave ${n} when divided by ${part + FUNCTIONS}."""
    total = 0
    for number in range(start):
        if number % ${part + FUNCTIONS} == ${n}:
            total += number
    return total
`,
  )
  return `"""Part ${part} of the package."""\n${functions.join("")}`
}

function testText(part: number): string {
  const functions = Array.from(
    { length: FUNCTIONS },
    (_, n) => `

def test_step_${n}() -> None:
    wanted = [number for number in range(200) if number % ${part + FUNCTIONS} == ${n}]
    assert part_${part}.step_${n}(200) == sum(wanted)
`,
  )
  return `import pytest

from thousand import part_${part}


@pytest.mark.parametrize("start", range(${CASES}))
def test_steps_add_up(start: int) -> None:
    steps = [getattr(part_${part}, f"step_{n}")(start) for n in range(${FUNCTIONS})]
    others = [n for n in range(start) if n % ${part + FUNCTIONS} >= ${FUNCTIONS}]
    assert sum(steps) + sum(others) == start * (start - 1) // 2
${functions.join("")}`
}
