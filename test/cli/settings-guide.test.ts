import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { settingsGuide } from "../../cli/settings-guide.js"
import { settingsJsonSchema } from "../../src/project/settings.js"

test("docs/settings.md is what the schema says; node scripts/settings-docs.mjs writes it anew", () => {
  expect(readFileSync(new URL("../../docs/settings.md", import.meta.url), "utf8")).toBe(
    settingsGuide(settingsJsonSchema()),
  )
})

test("a key stands with its type, default and meaning, and a pipe does not break the table", () => {
  const guide = settingsGuide({
    properties: {
      jobs: { type: "integer", default: 2, description: "One | two" },
      words: { type: "array", items: { type: "string" } },
    },
  })
  expect(guide).toContain("| `jobs` | whole number | `2` | One \\| two |")
  expect(guide).toContain("| `words` | list of texts |  |  |")
})
