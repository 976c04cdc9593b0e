import { z } from "zod"
import { releaseSettingsSchema } from "../release/policy-settings.js"
import { versionSettingsSchema } from "../release/version/settings.js"
import { ciSettingsSchema } from "./settings-ci.js"
import { pythonVersion, section } from "./settings-common.js"
import { STRICT_STAGES, stageSections } from "./settings-stages.js"

const index = z.strictObject({
  url: z.url().describe("Address of a simple index (PEP 503)"),
  credential: z
    .string()
    .optional()
    .describe("Name of the secret that holds `user:password`, or a token; never the value itself"),
})

/** Settings of `[tool.quillon]` or `quillon.toml`, with a description and a default on each key. */
export const settingsSchema = z
  .strictObject({
    kind: z
      .enum(["package", "application"])
      .optional()
      .describe("Whether the project is installed from its wheel or run from its tree; found out when absent"),
    policy: z
      .enum(["default", "strict"])
      .default("default")
      .describe(
        "'strict' demands coverage above 90 %, tests, type checks and an audit that found nothing, and direct dependencies that are up to date",
      ),
    baseline: z
      .string()
      .optional()
      .describe("File with known findings, which gates pass over; quillon-baseline.json where it is there"),
    jobs: z
      .number()
      .int()
      .min(1)
      .optional()
      .describe("Cells that run at a time; as many as the machine can when absent"),
    timeout: z
      .number()
      .positive()
      .optional()
      .describe("Seconds after which any command is ended, unless its stage says more"),
    python: section(
      {
        versions: z
          .array(pythonVersion)
          .optional()
          .describe("Interpreters to examine, e.g. ['3.11', '3.13']; found out from the metadata when absent"),
        default: pythonVersion
          .optional()
          .describe("Interpreter of stages without a matrix; the newest up to 3.13 that has an image when absent"),
      },
      "Interpreters",
    ),
    runs: section(
      {
        keep: z.number().int().min(1).default(20).describe("Newest runs that are kept below .quillon/runs"),
        patch: z
          .boolean()
          .default(true)
          .describe("Whether a run's capsule holds the files that differ from the commit, so that it opens elsewhere"),
      },
      "What runs leave",
    ),
    images: section(
      {
        python: z
          .string()
          .includes("{version}", { message: "an image with {version} in it, e.g. 'python:{version}-slim'" })
          .default("python:{version}-slim")
          .describe("Image of an interpreter; {version} stands for X.Y"),
        registry: z.string().optional().describe("Registry to take images from in place of Docker Hub"),
        pins: z
          .record(pythonVersion, z.string().regex(/^sha256:[0-9a-f]{64}$/, "a digest, 'sha256:' and 64 digits"))
          .default({})
          .describe("Digest of an interpreter's image, by X.Y; what its name means at the moment when absent"),
      },
      "Images in which stages run",
    ),
    index: section(
      {
        url: z.url().optional().describe("Address of the package index; the public one when absent"),
        credential: index.shape.credential,
        extra: z.array(index).default([]).describe("More indexes"),
      },
      "Where packages come from",
    ),
    version: versionSettingsSchema.prefault({}).describe("The version and the places that repeat it"),
    release: releaseSettingsSchema.prefault({}).describe("When a release is due, what it is called and where it goes"),
    ci: ciSettingsSchema,
    ...stageSections,
  })
  .superRefine(refuseHalfAPolicy)
  .describe("Settings of Quillon")

/** A policy that demands a stage, and a setting that switches it off: one of the two was not meant. */
function refuseHalfAPolicy(settings: StrictSettings, ctx: z.core.$RefinementCtx): void {
  if (settings.policy !== "strict") return
  for (const stage of STRICT_STAGES) {
    if (settings[stage].enabled) continue
    const message = `true, because policy = "strict" demands the stage ${stage}`
    ctx.addIssue({ code: "custom", path: [stage, "enabled"], message })
  }
}

type StrictSettings = { readonly policy: string } & Readonly<
  Record<(typeof STRICT_STAGES)[number], { readonly enabled: boolean }>
>

/** Settings after defaults were filled in. */
export type Settings = z.infer<typeof settingsSchema>

/** The settings as JSON Schema (draft 2020-12), as people may write them: every key may be left out. */
export function settingsJsonSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(settingsSchema, { io: "input", target: "draft-2020-12" })
}
