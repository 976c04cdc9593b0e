import { describe, expect, it } from "vitest"
import { firstSource } from "../../../../engine/typescript-sdk/programs/template.js"

describe("firstSource", () => {
  it.each([
    ["hello", "Hello"],
    ["my-module", "MyModule"],
    ["my_module2", "MyModule2"],
  ])("calls the class of %s %s", (name, expected) => {
    expect(firstSource(name)).toContain(`export class ${expected} {`)
  })
})
