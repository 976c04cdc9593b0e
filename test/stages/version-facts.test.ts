import { expect, test } from "vitest"
import { versionSettingsSchema } from "../../src/release/version/settings.js"
import { gatherVersionFacts } from "../../src/stages/version-facts.js"
import { fakeProject } from "../pipeline/fakes.js"
import { memoryFiles } from "../project/memory-files.js"

const TAGS = { kind: "no-git" } as const

async function gathered(files: Readonly<Record<string, string>>, settings: Record<string, unknown> = {}) {
  const version = versionSettingsSchema.parse(settings)
  return gatherVersionFacts(memoryFiles(files), { project: fakeProject(), settings: { version }, tags: TAGS })
}

test("only files in which a version may stand are read", async () => {
  const { texts } = await gathered({
    "README.md": "x",
    VERSION: "1.0\n",
    "src/demo/__init__.py": "",
    "src/demo/core.py": "",
    "tests/test_demo.py": "",
    "uv.lock": "",
    "charts/demo/Chart.yaml": "",
  })
  expect([...texts.keys()]).toEqual(["VERSION", "charts/demo/Chart.yaml", "src/demo/__init__.py", "uv.lock"])
})

test("files that the build configuration, an import and the settings name are read too", async () => {
  const files = {
    "pyproject.toml": '[tool.hatch.version]\npath = "meta/number.py"\n',
    "meta/number.py": "",
    "src/demo/__init__.py": "from demo.inner.data import __version__\n",
    "src/demo/inner/data.py": "",
    "deploy/app.yml": "",
  }
  const { texts } = await gathered(files, { files: [{ path: "deploy/app.yml", pattern: "app:{version}" }] })
  expect([...texts.keys()].sort()).toEqual(Object.keys(files).sort())
})

test("a byte order mark is told and not part of the text", async () => {
  const { texts } = await gathered({ VERSION: "\ufeff1.0\n" })
  expect(texts.get("VERSION")).toEqual({ text: "1.0\n", bom: true })
})

test("a file that is listed and can't be read is named", async () => {
  const files = memoryFiles({ "setup.py": "x" })
  const facts = await gatherVersionFacts(
    { list: files.list, read: async () => undefined },
    { project: fakeProject(), settings: { version: versionSettingsSchema.parse({}) }, tags: TAGS },
  )
  expect(facts.unreadable).toEqual(["setup.py"])
})
