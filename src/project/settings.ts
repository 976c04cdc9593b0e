import { z } from "zod"

/** Settings of `[tool.quillon]`, with a description and a default on each key. */
export const settingsSchema = z.strictObject({
  kind: z.enum(["package", "application"]).optional().describe("What the project is; found out when absent"),
  python: z
    .strictObject({
      versions: z.array(z.string()).optional().describe("Interpreters to examine, e.g. ['3.11', '3.13']"),
      default: z.string().optional().describe("Interpreter of stages without a matrix"),
    })
    .prefault({}),
  build: z.strictObject({ pure: z.boolean().optional() }).prefault({}),
  test: z
    .strictObject({
      paths: z.array(z.string()).optional(),
      include: z.array(z.string()).default([]),
      groups: z.array(z.string()).optional(),
      extras: z.array(z.string()).optional(),
      requirements: z.array(z.string()).optional(),
    })
    .prefault({}),
  types: z
    .strictObject({
      groups: z.array(z.string()).optional(),
      extras: z.array(z.string()).optional(),
      requirements: z.array(z.string()).optional(),
    })
    .prefault({}),
})

/** Settings after defaults were filled in. */
export type Settings = z.infer<typeof settingsSchema>
