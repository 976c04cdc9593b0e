import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { CONTENT_RECIPES, chooseContent, contentVariables, madeSdks } from "../../engine/contents.js"
import { missingWork, type Recipes } from "../../engine/recipes.js"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "quillon-contents-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

const all = (): Recipes["content"] =>
  CONTENT_RECIPES.map((recipe) => ({ recipe, folder: join(folder, `${recipe.name}-0123456789abcdef`) }))
const names = (content: Recipes["content"]) => content.map(({ recipe }) => recipe.name)

describe("the content of an engine", () => {
  test("is the TypeScript SDK alone where nobody asked for more", () => {
    expect(names(chooseContent(all(), []))).toEqual(["typescript-sdk"])
  })

  test("has the Go SDK where somebody asks for it", () => {
    expect(names(chooseContent(all(), ["go"]))).toEqual(["typescript-sdk", "go-sdk"])
  })

  test("has the Go SDK where the cache has it, so that the next up does not take it away", () => {
    mkdirSync(join(folder, "go-sdk-0123456789abcdef"))
    expect(names(chooseContent(all(), []))).toEqual(["typescript-sdk", "go-sdk"])
  })
})

describe("madeSdks", () => {
  test("remembers what an earlier version of Quillon was asked for", async () => {
    for (const name of ["typescript-sdk-aaaaaaaaaaaaaaaa", "go-sdk-bbbbbbbbbbbbbbbb", "merged-cccccccccccccccc"]) {
      mkdirSync(join(folder, name))
    }
    expect(await madeSdks(folder)).toEqual(["go"])
  })

  test("finds nothing where nothing was made", async () => {
    expect(await madeSdks(join(folder, "content"))).toEqual([])
  })
})

test("an engine without the Go SDK says with the line to type that it has none", () => {
  const typescript = { variable: "DAGGER_TYPESCRIPT_SDK_MANIFEST_DIGEST", manifestDigest: "sha256:1" }
  expect(contentVariables([typescript])).toEqual([
    typescript,
    {
      variable: "DAGGER_GO_SDK_MANIFEST_DIGEST",
      manifestDigest: expect.stringContaining("quillon engine up --sdk go"),
    },
  ])
})

test("an engine that is compiled already needs Go for the Go SDK alone", () => {
  for (const command of ["engine", "dagger", "init", "dnsname", "codegen"]) mkdirSync(join(folder, command))
  const recipes = { buildKey: "", architecture: "amd64", binaries: folder, baseTar: folder, images: [], content: all() }
  expect(missingWork(recipes).compile).toBe(true)
  expect(missingWork({ ...recipes, content: chooseContent(all(), []) }).compile).toBe(false)
})
