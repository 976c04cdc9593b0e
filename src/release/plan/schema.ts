import { z } from "zod"
import { releaseSettingsSchema } from "../policy-settings.js"
import { versionSettingsSchema } from "../version/settings.js"

/** Version of the plan file's form; raised when an older Quillon could misread a newer file. */
export const PLAN_SCHEMA = 1

const hash = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/)

/** One step of a release. */
export const stepSchema = z.strictObject({
  id: z.string().describe("Stable name, e.g. 'push'"),
  title: z.string().describe("What it does, for people"),
  target: z.string().describe("Where: the name of an index, a registry, the git remote"),
  effect: z
    .enum(["reversible", "permanent"])
    .describe("Whether a release that stops after it leaves nothing that readers see or that can't be taken back"),
  writes: z.array(z.string()).describe("What it writes there; empty where it only looks"),
})

const common = {
  schema: z.literal(PLAN_SCHEMA),
  created: z.iso.datetime().describe("When the plan was made"),
  head: hash.describe("The commit that the plan is about"),
  branch: z.string().nullable(),
  settingsDigest: z.string().describe("Digest of the settings under which it was made"),
  settings: z.strictObject({ release: releaseSettingsSchema, version: versionSettingsSchema }),
  project: z.string(),
  previous: z.strictObject({ tag: z.string(), version: z.string() }).nullable().describe("The last final release"),
  remarks: z.array(z.string()).describe("What a person would want to know; stops nothing"),
}

/** A release that can be carried out. */
export const releasePlanSchema = z.strictObject({
  kind: z.literal("release"),
  ...common,
  hypothetical: z.boolean().describe("True where it answers what would have been released, and can't be carried out"),
  channel: z.enum(["final", "dev", "alpha", "beta", "rc"]),
  version: z.strictObject({ semver: z.string(), pep440: z.string(), tag: z.string() }),
  why: z.strictObject({
    by: z.enum(["commits", "source", "first", "tag"]).describe("'tag': it was there, and its release is finished"),
    level: z.enum(["patch", "minor", "major"]),
    commits: z.array(
      z.strictObject({
        hash: z.string(),
        type: z.string().nullable(),
        scope: z.string().nullable(),
        subject: z.string(),
        level: z.enum(["patch", "minor", "major"]),
        breaking: z.boolean(),
      }),
    ),
    silent: z.number().int().describe("Commits that release nothing"),
  }),
  notes: z.string().describe("Markdown of the release page"),
  edits: z.array(z.strictObject({ path: z.string(), diff: z.string() })).describe("Patches that `git apply` takes"),
  message: z.string().describe("Message of the release commit"),
  imageTags: z.strictObject({ version: z.string(), floating: z.array(z.string()) }).nullable(),
  steps: z.array(stepSchema),
})

/** There is nothing to release: an answer, not an error. */
export const nothingPlanSchema = z.strictObject({ kind: z.literal("nothing"), ...common, reason: z.string() })

/** The plan file. */
export const planSchema = z.discriminatedUnion("kind", [releasePlanSchema, nothingPlanSchema])

/** One step of a release. */
export type Step = z.infer<typeof stepSchema>

/** A release that can be carried out. */
export type ReleasePlan = z.infer<typeof releasePlanSchema>

/** A plan: a release, or the reason why there is nothing to release. */
export type Plan = z.infer<typeof planSchema>
