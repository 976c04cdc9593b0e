import { expect, test } from "vitest"
import { settingsJsonSchema, settingsSchema } from "../../src/project/settings.js"
import { asTable, type Table } from "../../src/project/toml.js"

test("without any setting all defaults are there", () => {
  const settings = settingsSchema.parse({})
  expect(settings.policy).toBe("default")
  expect(settings.images.python).toBe("python:{version}-slim")
  expect(settings.test.enabled).toBe(true)
  expect(settings.audit.ignore).toEqual([])
  expect(settings.security.severity).toBe("high")
})

test("a service may be as short as an image and a port", () => {
  const { services } = settingsSchema.parse({ test: { services: { db: { image: "postgres:17", port: 5432 } } } }).test
  expect(services.db).toEqual({ image: "postgres:17", port: 5432, env: {}, secrets: [] })
})

function undescribed(schema: Table, path: string): readonly string[] {
  const elements = [schema.items, schema.additionalProperties].filter((inner) => Object.keys(asTable(inner)).length > 0)
  return [
    ...elements.flatMap((inner) => undescribed(asTable(inner), `${path}[]`)),
    ...Object.entries(asTable(schema.properties)).flatMap(([key, value]) => [
      ...(asTable(value).description === undefined ? [`${path}.${key}`] : []),
      ...undescribed(asTable(value), `${path}.${key}`),
    ]),
  ]
}

test("every key has a description", () => {
  expect(undescribed(settingsJsonSchema(), "")).toEqual([])
})

test("the JSON Schema is the one that was published; node scripts/settings-docs.mjs writes a new one", async () => {
  const schema = `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`
  await expect(schema).toMatchFileSnapshot("../transcripts/settings.schema.json")
})
