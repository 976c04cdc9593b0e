import { expect, test } from "vitest"
import { readRepository } from "../../src/project/repository.js"
import { snapshotOf } from "./snapshot-of.js"

const ADDRESS = "https://example.org/parcels"

test.each([
  ["pyproject.toml", `[project.urls]\nHomepage = "https://else.example"\nSource = "${ADDRESS}"\n`, ADDRESS],
  ["pyproject.toml", `[project.urls]\n"Source Code" = "${ADDRESS}"\n`, ADDRESS],
  ["pyproject.toml", `[tool.poetry]\nrepository = "${ADDRESS}"\n`, ADDRESS],
  ["setup.cfg", `[metadata]\nproject_urls =\n  Source = ${ADDRESS}\n`, ADDRESS],
  ["pyproject.toml", `[project.urls]\nHomepage = "${ADDRESS}"\n`, undefined],
])("%s %j names %s", async (file, text, address) => {
  expect(readRepository(await snapshotOf({ [file]: text }))).toBe(address)
})
