import { expect, test } from "vitest"
import { namedSecrets } from "../../../cli/wrappers/named-secrets.js"
import { settingsSchema } from "../../../src/project/settings.js"

test("secrets of stages, services and indexes are named once each", () => {
  const settings = settingsSchema.parse({
    index: { credential: "INDEX", extra: [{ url: "https://example.org/simple", credential: "EXTRA" }] },
    test: {
      secrets: ["TOKEN"],
      services: { db: { image: "postgres:17", port: 5432, secrets: ["PASSWORD", "TOKEN"] } },
    },
    types: { secrets: ["TOKEN"] },
  })
  expect(namedSecrets(settings)).toEqual(["EXTRA", "INDEX", "PASSWORD", "TOKEN"])
})

test("without any there are none", () => {
  expect(namedSecrets(settingsSchema.parse({}))).toEqual([])
})
