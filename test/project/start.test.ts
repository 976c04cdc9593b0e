import { expect, test } from "vitest"
import { readStart } from "../../src/project/start.js"
import { snapshotOf } from "./snapshot-of.js"

const parcels = { name: "parcels", path: "src/parcels", kind: "package" } as const

test.each([
  ["its only script", { "pyproject.toml": '[project.scripts]\nsend = "parcels:main"\n' }, ["send"]],
  [
    "of several scripts, the one named like it",
    { "pyproject.toml": '[project.scripts]\nsend = "parcels:a"\nparcels = "parcels:b"\n' },
    ["parcels"],
  ],
  [
    "none of several others",
    { "pyproject.toml": '[project.scripts]\nsend = "parcels:a"\nfetch = "parcels:b"\n' },
    undefined,
  ],
  [
    "a script of setup.cfg",
    { "setup.cfg": "[options.entry_points]\nconsole_scripts =\n  send = parcels:a\n" },
    ["send"],
  ],
  ["a package with __main__", { "src/parcels/__main__.py": "" }, ["python", "-m", "parcels"]],
  ["nothing", { "src/parcels/__init__.py": "" }, undefined],
])("a project is started by %s", async (_, files, command) => {
  expect(readStart(await snapshotOf(files), { name: "parcels", packages: [parcels] }).command).toEqual(command)
})

test("the command is told with the line of the scripts", async () => {
  const snapshot = await snapshotOf({ "pyproject.toml": '[project]\n[project.scripts]\nsend = "parcels:main"\n' })
  expect(readStart(snapshot, { name: "x", packages: [] }).evidence).toMatchObject([
    { fact: "command", value: "send", origin: { file: "pyproject.toml", line: 2 } },
  ])
})
