import { describe, expect, test } from "vitest"
import { ageIn, refuseOldEngine } from "../../cli/engine-age.js"

describe("an engine's age", () => {
  test.each(["v0.19.2", "v0.21.6", "0.20.0"])(
    "%s lacks what Quillon asks for, which names both versions",
    (version) => {
      expect(() => refuseOldEngine({ version, host: "tcp://engine:1" })).toThrow(
        expect.objectContaining({
          code: "OLD_ENGINE",
          message: `the engine at tcp://engine:1 is Dagger ${version.replace("v", "")}, and Quillon needs 0.21.7 or newer`,
        }),
      )
    },
  )

  test.each(["v0.21.7", "v0.21.7-260101120000-dev-0123456", "v0.22.0", "v1.0.0-beta.2", "dev"])(
    "%s will do",
    (version) => {
      expect(() => refuseOldEngine({ version, host: "docker" })).not.toThrow()
    },
  )
})

test.each([
  ["Error: incompatible engine version v0.18.4", "the engine at docker is Dagger 0.18.4, "],
  ["bad response: incompatible client version v0.18.4\n", "the program dagger here is 0.18.4, "],
])("what Dagger says of it (%j) is said with what is needed", (said, begin) => {
  expect(ageIn(said, "docker")?.message).toBe(`${begin}and Quillon needs 0.21.7 or newer`)
})

test("other trouble is no matter of age", () => {
  expect(ageIn("Error: no route to host", "docker")).toBeUndefined()
})
