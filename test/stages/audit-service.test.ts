import { describe, expect, it } from "vitest"
import { settingsSchema } from "../../src/project/settings.js"
import { nobodyToAsk, serviceWords } from "../../src/stages/audit-service.js"

const OWN = { url: "https://index.example/simple/" }
const words = (settings: object) => serviceWords(settingsSchema.parse(settings)).join(" ")

describe("serviceWords", () => {
  it.each([
    [undefined, "--vulnerability-service pypi"],
    ["osv", "--vulnerability-service osv"],
    ["https://osv.example", "--vulnerability-service osv --osv-url https://osv.example/v1/query"],
    ["https://osv.example/", "--vulnerability-service osv --osv-url https://osv.example/v1/query"],
    ["http://osv:8080/own/query", "--vulnerability-service osv --osv-url http://osv:8080/own/query"],
  ])("asks %s with %s", (service, expected) => {
    expect(words({ audit: { service } })).toBe(expected)
  })

  it("asks the public service of packages of an own index where the settings say so", () => {
    expect(words({ index: OWN, audit: { service: "pypi" } })).toBe("--vulnerability-service pypi")
  })

  it("tells the public service no names of an own index, also where the policy is strict", () => {
    expect(() => words({ index: OWN, policy: "strict" })).toThrow(/nobody was named who knows/)
  })
})

describe("nobodyToAsk", () => {
  it.each([
    ["the public index", {}, false],
    ["an own index", { index: OWN }, true],
    ["an own index and a service", { index: OWN, audit: { service: "osv" } }, false],
    ["an own index and safety", { index: OWN, audit: { tool: "safety" } }, false],
    ["an own index and the strict policy, which wants an answer", { index: OWN, policy: "strict" }, false],
  ])("with %s: %o", (_, settings, nobody) => {
    expect(nobodyToAsk(settingsSchema.parse(settings)) !== undefined).toBe(nobody)
  })
})
