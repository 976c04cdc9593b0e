import { expect, test } from "vitest"
import { z } from "zod"
import { planSchema } from "../../../src/release/plan/schema.js"

test("the plan file's JSON Schema is the one that was published", async () => {
  const schema = z.toJSONSchema(planSchema, { target: "draft-2020-12" })
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot("../../transcripts/plan.schema.json")
})
