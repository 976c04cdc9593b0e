import { describe, expect, test } from "vitest"
import { TOOL_PINS } from "../../src/stages/tool-pins.js"
import { TOOL_LOCKS } from "../../src/toolchain/tool-locks.js"
import { pinOf, planTools } from "../../src/toolchain/tools.js"

/** These come with the project's own requirements, which `resolve` locks. */
const RESOLVED_WITH_THE_PROJECT = ["mypy", "pytest", "coverage"]

describe("the lock of our tools", () => {
  const lines = Object.entries(TOOL_LOCKS).flatMap(([pin, text]) =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => [pin, line] as const),
  )

  test.each(lines)("of %s holds an exact version and hashes: %s", (_, line) => {
    expect(line).toMatch(/^[a-z0-9-]+==[^ ]+( ; [^#]+?)?( --hash=sha256:[0-9a-f]{64})+$/)
  })

  test.each(Object.keys(TOOL_LOCKS))("of %s holds the tool itself", (pin) => {
    expect(TOOL_LOCKS[pin]?.split("\n").map((line) => line.split(" ")[0])).toContain(pin)
  })

  test.each(Object.entries(TOOL_PINS).filter(([tool]) => !RESOLVED_WITH_THE_PROJECT.includes(tool)))(
    "knows the pin of the stages: %s==%s (else run: node scripts/lock-tools.mjs)",
    (tool, version) => {
      expect(pinOf(tool)).toBe(`${tool}==${version}`)
    },
  )
})

test("what runs on the interpreter of a cell has a release for the oldest one that is examined", () => {
  const own = TOOL_LOCKS[pinOf("cyclonedx-bom")]?.split("\n").find((line) => line.startsWith("cyclonedx-bom=="))
  expect(own?.replace(/ --hash.*/, "")).toMatch(/^cyclonedx-bom==\S+(?: ; python_full_version >= '3\.9')?$/)
})

test("a tool that is not ours has no pin", () => {
  expect(() => pinOf("flake8")).toThrow(/"flake8" is not among our tools: uv==/)
})

describe("a plan to install tools", () => {
  test("takes by hash what the lock knows, and lets the index resolve the rest", () => {
    const plan = planTools([pinOf("ruff"), "ruff==0.6.9", "black>=24"])
    expect(plan.unlocked).toEqual(["ruff==0.6.9", "black>=24"])
    expect(plan.locked).toBe(TOOL_LOCKS[pinOf("ruff")])
  })

  test("names a dependency of two tools once", () => {
    const { locked = "" } = planTools([pinOf("bandit"), pinOf("pip-audit")])
    const names = locked.split("\n").filter((line) => line.startsWith("rich=="))
    expect(names).toHaveLength(1)
  })

  test("is empty for no tools", () => {
    expect(planTools([])).toEqual({ unlocked: [] })
  })
})
