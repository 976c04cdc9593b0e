import { z } from "zod"

/** Settings of `[tool.quillon]`, with a description and a default on each key. */
export const settingsSchema = z.strictObject({
  python: z
    .strictObject({
      versions: z.array(z.string()).optional().describe("Interpreters to examine, e.g. ['3.11', '3.13']"),
      default: z.string().optional().describe("Interpreter of stages without a matrix"),
    })
    .prefault({}),
})

/** Settings after defaults were filled in. */
export type Settings = z.infer<typeof settingsSchema>
