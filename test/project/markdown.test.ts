import { expect, it } from "vitest"
import { markdownPassedOver } from "../../src/project/markdown.js"
import { snapshotOf } from "./snapshot-of.js"

const python = "# demo\n\n```Python title=x\nx = 1\n```\n"

it.each<[string, Record<string, string>, readonly string[]]>([
  ["a README without code", { "README.md": "# demo\n" }, ["README.md"]],
  ["a README with other code", { "Readme.markdown": "```sh\npip install demo\n```\n" }, ["Readme.markdown"]],
  ["a README with Python", { "README.md": python }, []],
  ["Python behind tildes", { "README.md": "~~~py\nx = 1\n~~~\n" }, []],
  ["Markdown whose text is not read", { "docs/guide.md": "# nothing\n" }, []],
  [
    "excluded by [tool.ruff]",
    { "README.md": python, "pyproject.toml": '[tool.ruff]\nextend-exclude = ["*.md", "vendor"]\n' },
    ["**/*.md"],
  ],
  ["excluded by ruff.toml", { "ruff.toml": '[format]\nexclude = ["docs/*.md"]\n' }, ["docs/*.md"]],
  ["a ruff.toml that is none", { "ruff.toml": "[[[", "pyproject.toml": '[tool.ruff]\nexclude = ["*.md"]\n' }, []],
])("%s", async (_, files, patterns) => {
  expect(markdownPassedOver(await snapshotOf(files))).toEqual(patterns)
})
