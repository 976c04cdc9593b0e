import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { isEsModule } from "../../../../engine/typescript-sdk/programs/is-es-module.js"
import { writeFiles } from "../../../write-files.js"

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "quillon-es-module-"))
  await mkdir(join(folder, "esm/lib"), { recursive: true })
  await writeFiles(folder, {
    "esm/package.json": '{ "type": "module" }',
    "esm/lib/cjs/package.json": '{ "type": "commonjs" }',
    "old/package.json": "{}",
  })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test.each([
  ["esm/lib/index.js", true],
  ["esm/lib/cjs/index.js", false],
  ["esm/lib/index.cjs", false],
  ["old/index.js", false],
  ["old/index.mjs", true],
  ["old/addon.node", false],
  ["old/index.ts", true],
])("%s is loaded as an ES module: %s", (file, wanted) => {
  expect(isEsModule(join(folder, file))).toBe(wanted)
})
