import { expect, test } from "vitest"
import { type Import, importsOf, type SourceFile, sourcesBelow } from "./sources.js"

interface Law {
  readonly says: string
  readonly governs: (path: string) => boolean
  readonly forbids: (imported: Import) => boolean
}

const below = (folder: string) => (path: string) => path.startsWith(folder)

/** DESIGN §2, "Import law". */
const LAWS: readonly Law[] = [
  {
    says: "below src/, except module.ts and module/, the Dagger client is imported for types only",
    governs: (path) => path.startsWith("src/") && path !== "src/module.ts" && !path.startsWith("src/module/"),
    forbids: ({ target, types }) => target.startsWith("@dagger.io/dagger") && !types,
  },
  {
    says: "src/ knows neither cli/ nor engine/ nor rehearsal/",
    governs: below("src/"),
    forbids: ({ target }) => /^(cli|engine|rehearsal)\//.test(target),
  },
  {
    says: "release/ imports no port, no Dagger and nothing of Node",
    governs: (path) => path.startsWith("src/release/") && !path.startsWith("src/release/execute/"),
    forbids: ({ target }) =>
      target.startsWith("node:") || target.startsWith("@dagger.io") || target.startsWith("src/targets/"),
  },
  {
    says: "release/execute knows ports by their types, and nothing else of the world",
    governs: below("src/release/execute/"),
    forbids: ({ target, types }) =>
      target.startsWith("node:") ||
      target.startsWith("@dagger.io") ||
      (target.startsWith("src/targets/") && !(types && target.startsWith("src/targets/ports/"))),
  },
  {
    says: "stages/ and toolchain/ never import targets/",
    governs: (path) => path.startsWith("src/stages/") || path.startsWith("src/toolchain/"),
    forbids: ({ target }) => target.startsWith("src/targets/"),
  },
  {
    says: "targets/ never imports release/ or stages/",
    governs: below("src/targets/"),
    forbids: ({ target }) => target.startsWith("src/release/") || target.startsWith("src/stages/"),
  },
]

/** Enumerations of the client exist at run time only in Dagger's own package, and are written as their strings. */
function breaches(files: readonly SourceFile[], law: Law): readonly string[] {
  return files
    .filter(({ path }) => law.governs(path))
    .flatMap((file) =>
      importsOf(file)
        .filter(law.forbids)
        .map(({ target }) => `${file.path} imports ${target}`),
    )
}

test.each(LAWS.map((law) => [law.says, law] as const))("%s", (_, law) => {
  expect(breaches(sourcesBelow("src"), law)).toEqual([])
})

test.each([
  ["src/pipeline/x.ts", 'import { dag } from "@dagger.io/dagger"', 0],
  ["src/pipeline/x.ts", 'export { main } from "../../cli/main.js"', 1],
  ["src/release/x.ts", 'import { readFileSync } from "node:fs"', 2],
  ["src/release/x.ts", 'const git = await import("../targets/git.js")', 2],
  ["src/release/execute/x.ts", 'import type { Git } from "../../targets/git-command.js"', 3],
  ["src/release/execute/x.ts", 'import { contract } from "../../targets/ports/forge.js"', 3],
  ["src/stages/x.ts", 'import "../targets/git.js"', 4],
  ["src/targets/x.ts", 'import { plan } from "../release/plan.js"', 5],
])("a breach in %s is found: %s", (path, text, law) => {
  expect(breaches([{ path, text }], LAWS[law] as Law)).toHaveLength(1)
})

test("the executor may name the types of a port", () => {
  const text = 'import type { Forge } from "../../targets/ports/forge.js"'
  expect(breaches([{ path: "src/release/execute/x.ts", text }], LAWS[3] as Law)).toEqual([])
})

test("an import for types alone is no breach", () => {
  const text = 'import type { Client } from "@dagger.io/dagger"\nimport { type Container } from "@dagger.io/dagger"'
  expect(breaches([{ path: "src/stages/x.ts", text }], LAWS[0] as Law)).toEqual([])
})

const OWNERS = {
  "process.env, process.argv, process.exit": {
    pattern: /\bprocess\.(env|argv|exit|exitCode)\b/,
    // Programs of the SDK's image are processes of their own, each with its own environment.
    governs: (path: string) => path !== "cli/main.ts" && !path.startsWith("engine/typescript-sdk/programs/"),
  },
  "the host": {
    pattern: /\.host\(\)|\bHost\b/,
    // The programs that lie there as text know of no client.
    governs: (path: string) => below("src/")(path) && !path.endsWith("/assets.ts"),
  },
}

test.each(Object.entries(OWNERS))("%s is named only where it belongs", (_, { pattern, governs }) => {
  const files = sourcesBelow("src", "cli", "engine", "rehearsal").filter(({ path }) => governs(path))
  expect(files.filter(({ text }) => pattern.test(withoutComments(text))).map(({ path }) => path)).toEqual([])
})

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "")
}
