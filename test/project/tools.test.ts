import { expect, test } from "vitest"
import { readTools } from "../../src/project/tools.js"
import { snapshotOf } from "./snapshot-of.js"

const hooks = `repos:
  - repo: https://github.com/astral-sh/ruff-pre-commit
    rev: v0.6.9
    hooks:
      - id: ruff
      - id: ruff-format
  - repo: https://github.com/pre-commit/mirrors-mypy
    rev: 'v1.11.0'
    hooks: [{ id: mypy }]
  - repo: https://github.com/psf/black-pre-commit-mirror
    rev: 0123456789abcdef0123456789abcdef01234567  # frozen: 24.8.0
`

test.each<[string, Record<string, string>, object]>([
  [
    "pre-commit",
    { ".pre-commit-config.yaml": hooks },
    {
      ruff: { pin: "==0.6.9", pinned: { file: ".pre-commit-config.yaml" }, formats: true },
      mypy: { pin: "==1.11.0", pinned: { file: ".pre-commit-config.yaml" } },
      black: { pin: "==24.8.0", pinned: { file: ".pre-commit-config.yaml" }, formats: true },
    },
  ],
  [
    "a group",
    { "pyproject.toml": '[dependency-groups]\ndev = ["ruff==0.5.0", "mypy>=1.8,<2", "bandit"]' },
    {
      ruff: { pin: "==0.5.0", pinned: { file: "pyproject.toml", line: 2 } },
      mypy: { pin: ">=1.8,<2", pinned: { file: "pyproject.toml", line: 2 } },
    },
  ],
  [
    "a requirements file",
    { "requirements-dev.txt": "# format\nBlack==24.1.0\n" },
    { black: { pin: "==24.1.0", pinned: { file: "requirements-dev.txt", line: 2 } } },
  ],
  [
    "uv.lock",
    { "uv.lock": 'version = 1\n[[package]]\nname = "ruff"\nversion = "0.7.1"\n' },
    { ruff: { pin: "==0.7.1", pinned: { file: "uv.lock", line: 3 } } },
  ],
  [
    "a lock that markers split, by the version for the newest Python",
    {
      "uv.lock":
        'version = 1\n[[package]]\nname = "mypy"\nversion = "1.9.0"\n\n[[package]]\nname = "mypy"\nversion = "1.19.1"\n',
    },
    { mypy: { pin: "==1.19.1", pinned: { file: "uv.lock", line: 7 }, others: ["1.9.0"] } },
  ],
  [
    "a group before the lock",
    {
      "pyproject.toml": '[dependency-groups]\ndev = ["ruff==0.5.0"]',
      "uv.lock": '[[package]]\nname = "ruff"\nversion = "0.7.1"\n',
    },
    { ruff: { pin: "==0.5.0", pinned: { file: "pyproject.toml", line: 2 } } },
  ],
  [
    "tables",
    { "pyproject.toml": "[tool.ruff.format]\nx = 1\n[tool.black]\n[tool.mypy]\n[tool.bandit]" },
    {
      ruff: { configured: { file: "pyproject.toml", line: 1 }, formats: true },
      black: { configured: { file: "pyproject.toml", line: 3 }, formats: true },
      mypy: { configured: { file: "pyproject.toml", line: 4 } },
      bandit: { configured: { file: "pyproject.toml", line: 5 } },
    },
  ],
  [
    "files of their own",
    { "ruff.toml": "", "mypy.ini": "[mypy]", ".coveragerc": "" },
    {
      ruff: { configured: { file: "ruff.toml" } },
      mypy: { configured: { file: "mypy.ini" } },
      coverage: { configured: { file: ".coveragerc" } },
    },
  ],
  [
    "setup.cfg",
    { "setup.cfg": "[mypy]\nstrict = true\n[tool:pytest]\ntestpaths = t" },
    { mypy: { configured: { file: "setup.cfg", line: 1 } }, pytest: { configured: { file: "setup.cfg", line: 4 } } },
  ],
  ["nothing", { "pyproject.toml": "" }, {}],
])("tools as %s says", async (_, files, expected) => {
  expect(readTools(await snapshotOf(files))).toEqual(expected)
})
