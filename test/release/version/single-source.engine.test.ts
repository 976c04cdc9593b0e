import { readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import { expect, test } from "vitest"
import { applyEdits } from "../../../src/release/version/edits.js"
import { readFromMetadata } from "../../../src/release/version/metadata-source.js"
import { readFromVersionFile } from "../../../src/release/version/single-source.js"
import { makeRepository } from "../../cli/version/repository.js"
import { pythonVenv, UV } from "./python-venv.js"

const BACKENDS = [
  ["hatchling", 'requires = ["hatchling"]\nbuild-backend = "hatchling.build"'],
  ["setuptools", 'requires = ["setuptools>=69"]\nbuild-backend = "setuptools.build_meta"'],
] as const

test.each(BACKENDS)(
  "%s builds what VERSION says, by way of the sdist, and so does __version__",
  async (backend, system) => {
    const pyproject = `[build-system]\n${system}\n\n[project]\nname = "demo"\nversion = "1.0"\n`
    const init = '__version__ = "1.0"\n'
    const { folder } = await makeRepository({ VERSION: "2.1.0rc3\n", "src/demo/a.py": "" }, { git: false })
    const write = (file: string, text: string, edits: Parameters<typeof applyEdits>[1]) =>
      writeFile(join(folder, file), applyEdits(new TextEncoder().encode(text), edits))
    await write("pyproject.toml", pyproject, readFromVersionFile(pyproject, backend))
    const file = "src/demo/__init__.py"
    await write(file, init, readFromMetadata({ file, text: init, distribution: "demo" }))

    const { bin } = await pythonVenv(UV)
    const [uv, python] = [join(bin, "uv"), join(bin, "python")]
    await execa(uv, ["build", "--quiet", "--python", python, folder])
    const wheel = (await readdir(join(folder, "dist"))).find((name) => name.endsWith(".whl"))
    expect(wheel).toMatch(/^demo-2\.1\.0rc3-/)

    const target = join(folder, "installed")
    await execa(uv, [
      "pip",
      "install",
      "--quiet",
      "--python",
      python,
      "--target",
      target,
      join(folder, "dist", wheel ?? ""),
    ])
    const say = `import sys; sys.path.insert(0, ${JSON.stringify(target)}); import demo; print(demo.__version__)`
    expect((await execa(python, ["-I", "-c", say])).stdout).toBe("2.1.0rc3")
    expect(await readFile(join(folder, "pyproject.toml"), "utf8")).not.toContain("1.0")
  },
)
