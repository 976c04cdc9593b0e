import { expect, test } from "vitest"
import { inspectProject } from "../../src/project/inspect.js"
import { typesFiles } from "../../src/stages/types.js"
import { memoryFiles } from "../project/memory-files.js"

const PACKAGE = { "src/thing/__init__.py": "", "tests/test_thing.py": "def test_it(): ...\n" }
const METADATA =
  '[project]\nname = "thing"\nversion = "1.0"\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'

test.each<[string, string, Record<string, string>]>([
  ["nothing", "", {}],
  ["how strict it is", "[tool.mypy]\nstrict = true\n", {}],
  ["where the sources lie", '[tool.mypy]\nmypy_path = "src"\n', {}],
  ["an ini file of its own", "", { "mypy.ini": "[mypy]\nstrict = True\n" }],
])("the type check is not told of the tests where the configuration of mypy says %s", async (_, more, files) => {
  expect(await patternsOf(more, files)).toContain("tests/**")
})

test.each<[string, string, Record<string, string>]>([
  ["files", '[tool.mypy]\nfiles = ["src", "tests"]\n', {}],
  ["packages", '[tool.mypy]\npackages = "thing"\n', {}],
  ["a folder of stubs among them", '[tool.mypy]\nmypy_path = "src:tests/stubs"\n', {}],
  ["files in an ini file of its own", "", { "mypy.ini": "[mypy]\nfiles = .\n" }],
  ["files in setup.cfg", "", { "setup.cfg": "[mypy]\nfiles = src, tests\n" }],
])("the type check has the tests where the configuration of mypy names %s", async (_, more, files) => {
  expect(await patternsOf(more, files)).not.toContain("tests/**")
})

async function patternsOf(more: string, files: Record<string, string>): Promise<readonly string[]> {
  const all = { ...PACKAGE, "pyproject.toml": `${METADATA}${more}`, ...files }
  const { project } = await inspectProject(memoryFiles(all))
  return typesFiles(project).exclude ?? []
}
