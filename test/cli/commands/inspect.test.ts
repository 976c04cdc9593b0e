import { mkdtemp, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { inspectCommand } from "../../../cli/commands/inspect.js"
import { schemaCommand } from "../../../cli/commands/schema.js"
import { captureIo } from "./capture-io.js"

async function project(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "quillon-inspect ü "))
  await writeFile(
    join(folder, "pyproject.toml"),
    '[project]\nname = "demo"\nversion = "1.0"\n[tool.quillon]\njobs = 2\n',
  )
  await writeFile(join(folder, "main.py"), "")
  return folder
}

test("inspect prints the table for the folder that is named", async () => {
  const { io, output } = captureIo()
  await inspectCommand(io).parseAsync([await project()], { from: "user" })
  expect(output()).toMatch(/^demo 1\.0 application\n/)
  expect(output()).toMatch(/jobs {2}2 {2}pyproject\.toml:5/)
})

test("inspect --format json prints project, settings and what set them", async () => {
  const { io, output } = captureIo({ QUILLON_POLICY: "strict" })
  await inspectCommand(io).parseAsync(["--format", "json", await project()], { from: "user" })
  expect(JSON.parse(output())).toMatchObject({
    schema: 1,
    project: { name: "demo", version: "1.0", kind: "application" },
    settings: { jobs: 2, policy: "strict" },
    provenance: { policy: { kind: "environment", variable: "QUILLON_POLICY" } },
  })
})

test("schema prints JSON Schema, or the guide", async () => {
  const json = captureIo()
  await schemaCommand(json.io).parseAsync([], { from: "user" })
  expect(JSON.parse(json.output())).toMatchObject({ type: "object", additionalProperties: false })
  const markdown = captureIo()
  await schemaCommand(markdown.io).parseAsync(["--format", "markdown"], { from: "user" })
  expect(markdown.output()).toContain("# Settings")
})
