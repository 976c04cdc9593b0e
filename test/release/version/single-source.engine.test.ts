import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import { expect, test } from "vitest"
import { versionCommand } from "../../../cli/commands/version.js"
import { fakeIo } from "../../cli/fake-io.js"
import { makeRepository } from "../../cli/version/repository.js"
import { pythonVenv, UV } from "./python-venv.js"

const BACKENDS = [
  ["hatchling", 'requires = ["hatchling"]\nbuild-backend = "hatchling.build"'],
  ["setuptools", 'requires = ["setuptools>=69"]\nbuild-backend = "setuptools.build_meta"'],
] as const

test.each(BACKENDS)(
  "%s builds what VERSION says, by way of the sdist, so does __version__, and uv's lock stays valid",
  async (_backend, system) => {
    const { folder, write } = await makeRepository(
      {
        "pyproject.toml": `[build-system]\n${system}\n\n[project]\nname = "demo"\nversion = "1.0"\nrequires-python = ">=3.9"\n`,
        "src/demo/__init__.py": '__version__ = "1.0"\n',
      },
      { git: false },
    )
    const { bin } = await pythonVenv(UV)
    const [uv, python] = [join(bin, "uv"), join(bin, "python")]
    const run = (...args: readonly string[]) => execa(uv, args, { cwd: folder })
    await run("lock", "--quiet", "--python", python)

    const io = fakeIo({ cwd: folder })
    await versionCommand(io).exitOverride().parseAsync(["single-source", "--write"], { from: "user" })
    expect(io.out()).toContain("written: VERSION, pyproject.toml, src/demo/__init__.py, uv.lock")
    await run("lock", "--check", "--python", python)
    expect(await readFile(join(folder, "pyproject.toml"), "utf8")).not.toContain("1.0")

    await write({ VERSION: "2.1.0rc3\n" })
    await run("lock", "--check", "--python", python)
    await run("build", "--quiet", "--python", python)
    const wheel = (await readdir(join(folder, "dist"))).find((name) => name.endsWith(".whl")) ?? ""
    expect(wheel).toMatch(/^demo-2\.1\.0rc3-/)

    const target = join(folder, "installed")
    await run("pip", "install", "--quiet", "--python", python, "--target", target, join(folder, "dist", wheel))
    const say = `import sys; sys.path.insert(0, ${JSON.stringify(target)}); import demo; print(demo.__version__)`
    expect((await execa(python, ["-I", "-c", say])).stdout).toBe("2.1.0rc3")
  },
)
