import { describe, expect, test } from "vitest"
import { bootstrapArguments, bootstrapKey } from "../../engine/bootstrap.js"
import { debianSource } from "../../engine/debian.js"

const recipe = { suite: "trixie", packages: ["python3", "tzdata"] }

describe("bootstrapArguments", () => {
  test("name the packages, hand on apt's settings, and call the finishing script", () => {
    const source = debianSource("", 'Acquire::http::Proxy "http://proxy:3128";')
    const options = bootstrapArguments({ ...recipe, finish: { script: "/q/finish.sh", id: "1" } }, source)
    expect(options).toContain("--include=python3,tzdata")
    expect(options).toContain('--aptopt=Acquire::http::Proxy "http://proxy:3128"')
    expect(options).toContain("--customize-hook=/q/finish.sh")
  })
})

describe("bootstrapKey", () => {
  test.each([
    ["suite", { ...recipe, suite: "bookworm" }],
    ["packages", { ...recipe, packages: ["python3"] }],
    ["finishing script", { ...recipe, finish: { script: "/q/finish.sh", id: "other text" } }],
  ])("changes with the %s", (_, other) => {
    expect(bootstrapKey(other)).not.toBe(bootstrapKey(recipe))
  })

  test("does not change with the place of the finishing script", () => {
    const at = (script: string) => bootstrapKey({ ...recipe, finish: { script, id: "text" } })
    expect(at("/here/finish.sh")).toBe(at("/there/finish.sh"))
  })
})
