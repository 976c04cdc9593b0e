import { expect, it } from "vitest"
import { build } from "../../src/stages/build.js"
import { resolve } from "../../src/stages/resolve.js"
import { test } from "../../src/stages/test.js"
import { withEngine } from "../engine-session.js"
import { cellOf, runStages } from "./run-stages.js"
import { writeProject } from "./small-files.js"

/** Without crates, so that it needs the distribution's packages alone. */
const RUSTY = {
  "pyproject.toml": `[build-system]
requires = ["maturin>=1.5,<2"]
build-backend = "maturin"

[project]
name = "rusty"
dynamic = ["version"]
requires-python = ">=3.13"
dependencies = ["cffi"]
classifiers = ["Programming Language :: Python :: 3.13"]

[tool.maturin]
bindings = "cffi"
python-source = "python"
module-name = "rusty._native"
`,
  "Cargo.toml": `[package]
name = "rusty"
version = "0.3.0"
edition = "2021"

[lib]
crate-type = ["cdylib"]
`,
  "src/lib.rs": '#[no_mangle]\npub extern "C" fn twice(n: i32) -> i32 {\n    2 * n\n}\n',
  "python/rusty/__init__.py": "from ._native import lib\n\n\ndef twice(n):\n    return lib.twice(n)\n",
  "tests/test_rusty.py": "import rusty\n\n\ndef test_twice():\n    assert rusty.twice(4) == 8\n",
}

it("builds and tests a package in Rust where the setting names cargo", async () => {
  await withEngine(async () => {
    const settings = { "build.apt": ["cargo"] }
    const report = await runStages(await writeProject(RUSTY), { stages: [resolve, build, test], settings })
    const built = cellOf(report, "build@3.13")
    expect(built.artifacts.map(({ path }) => path.split("/").at(-1))).toEqual(
      expect.arrayContaining([
        "rusty-0.3.0.tar.gz",
        expect.stringMatching(/^rusty-0\.3\.0-py3-none-manylinux.*\.whl$/),
      ]),
    )
    expect(cellOf(report, "test@3.13").measures.tests).toMatchObject({ passed: 1, failed: 0 })
  })
})
