import { expect, test } from "vitest"
import { notesOf, renderSection } from "../../../src/release/notes/render.js"
import { readUnreleased } from "../../../src/release/unreleased.js"
import { historyOf, policy } from "../fixture.js"

const heading = { version: "1.3.0", tag: "v1.3.0", previousTag: "v1.2.0", date: "2026-11-24" }
const github = { kind: "github", url: "https://g.example/a/e" } as const

async function render(
  messages: readonly string[],
  { settings = {}, forge = null as typeof github | null, head = {} } = {},
) {
  const rules = policy(settings)
  const unreleased = readUnreleased(historyOf(messages).commits, rules)
  if (unreleased.kind === "refused") throw new Error(unreleased.message)
  return renderSection(unreleased.commits, { ...heading, ...head }, { policy: rules, forge })
}

test("sections in their order, breaking changes first, by scope and subject within", async () => {
  const messages = ["perf: p", "fix: z", "fix(b): y", "fix(a): y", "feat: f", "docs: d", "fix!: x", "revert: r", "Tidy"]
  expect(await render(messages)).toBe(`## 1.3.0 (2026-11-24)

### Breaking changes

* x (abc0007)

### Features

* f (abc0005)

### Bug fixes

* z (abc0002)
* **a:** y (abc0004)
* **b:** y (abc0003)

### Performance

* p (abc0001)

### Reverts

* r (abc0008)
`)
})

test("links to commits, issues and the comparison", async () => {
  expect(await render(["fix: a (#1)\n\nCloses #1, #2, o/r#3"], { forge: github })).toBe(
    `## [1.3.0](https://g.example/a/e/compare/v1.2.0...v1.3.0) (2026-11-24)

### Bug fixes

* a ([#1](https://g.example/a/e/issues/1)) ([abc0001](https://g.example/a/e/commit/abc0001${"0".repeat(33)})), closes [#2](https://g.example/a/e/issues/2), [o/r#3](https://g.example/o/r/issues/3)
`,
  )
})

test("a first release has nothing to be compared with", async () => {
  expect(await render(["feat: a"], { forge: github, head: { previousTag: null } })).toContain("## 1.3.0 (2026-11-24)\n")
})

test("authors when they are asked for", async () => {
  expect(await render(["feat: a"], { settings: { changelog: { authors: true } } })).toContain("* a (abc0001) by Ada\n")
})

test("a section of the settings, a type of the settings without one, and a hidden type", async () => {
  const settings = {
    commits: { bumps: { deps: "patch" } },
    changelog: { sections: { docs: "Documentation", perf: "" } },
  }
  const text = await render(["docs: d", "deps: e", "chore: c", "perf: p"], { settings })
  expect(text).toBe(
    "## 1.3.0 (2026-11-24)\n\n### Documentation\n\n* d (abc0001)\n\n### Other changes\n\n* e (abc0002)\n* p (abc0004)\n",
  )
})

test("what breaks is told in the author's words, indented", async () => {
  expect(await render(["feat(api)!: a\n\nBREAKING CHANGE: use b\n\nor c"])).toContain(
    "* **api:** a (abc0001)\n\n  use b\n\n  or c\n",
  )
})

test("braces of a commit are no template", async () => {
  expect(await render(["feat: {{version}} {{#each}} {{> header}}"])).toContain(
    "* {{version}} {{#each}} {{> header}} (abc0001)",
  )
})

test("two renderings at once do not meet", async () => {
  const [one, other] = await Promise.all([render(["feat: a"], { forge: github }), render(["fix: b"])])
  expect(one).toContain("https://g.example")
  expect(other).not.toContain("https://g.example")
})

test("notes are the section without its heading", async () => {
  expect(notesOf(await render(["feat: a"]))).toBe("### Features\n\n* a (abc0001)\n")
})
