import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { writeFiles } from "../write-files.js"
import { commitAll } from "./checkout.js"

const FILES = {
  "pyproject.toml": `[build-system]
requires = ["flit_core==3.12.0"]
build-backend = "flit_core.buildapi"

[project]
name = "tiny"
version = "1.0.0"
description = "A project for tests"
requires-python = ">=3.11"

[dependency-groups]
test = ["pytest"]

[tool.quillon.python]
versions = ["3.11"]
`,
  "README.md": "# tiny\n",
  "src/tiny/__init__.py": '"""A project for tests."""\n\nANSWER = 42\n',
  // What it prints differs each time that it runs.
  "tests/test_tiny.py": `import uuid

import tiny


def test_answer():
    print("run", uuid.uuid4())
    assert tiny.ANSWER == 42
`,
  ".gitignore": "*.bin\n",
}

/** A small Python project in a new repository of its own, with one commit; gives its folder. */
export async function writeTinyProject(more: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), "quillon-tiny-")), "tiny")
  await writeFiles(folder, { ...FILES, ...more })
  await commitAll(folder)
  return folder
}
