import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import * as templates from "../../../cli/wrappers/templates.js"

const FOLDER = join(import.meta.dirname, "../../../ci")

test.each(readdirSync(FOLDER).filter((name) => name.endsWith(".yml")))(
  "ci/%s is embedded as it is (else run: node scripts/embed.mjs)",
  (name) => {
    expect(Object.values(templates)).toContain(readFileSync(join(FOLDER, name), "utf8"))
  },
)

test("this repository's own workflows have the actions of the templates, at the same commits", () => {
  const used = (path: string) =>
    [...readFileSync(join(FOLDER, path), "utf8").matchAll(/uses: (.*)/g)].map(([, name]) => name)
  for (const [own, template] of [
    ["ci.yml", "github.yml"],
    ["rehearsal.yml", "github-release.yml"],
  ]) {
    const actions = used(`../.github/workflows/${own}`)
    expect(actions.length).toBeGreaterThan(0)
    expect(used(template ?? "")).toEqual(expect.arrayContaining(actions))
  }
})
