import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import * as stages from "../../src/stages/assets.js"
import * as targets from "../../src/targets/assets.js"
import * as toolchain from "../../src/toolchain/assets.js"

const EMBEDDED: Readonly<Record<string, Readonly<Record<string, string>>>> = { stages, targets, toolchain }

const PROGRAMS = Object.keys(EMBEDDED).flatMap((folder) => {
  const path = join(import.meta.dirname, "../../src", folder, "python")
  return readdirSync(path)
    .filter((name) => name.endsWith(".py"))
    .map((name) => [`src/${folder}/python/${name}`, folder, readFileSync(join(path, name), "utf8")] as const)
})

test.each(PROGRAMS)("%s is embedded as it is (else run: node scripts/embed.mjs)", (_, folder, text) => {
  expect(Object.values(EMBEDDED[folder] ?? {})).toContain(text)
})
