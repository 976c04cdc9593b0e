import { z } from "zod"

const ONCE = /^(?!.*\{version\}.*\{version\}).*\{version\}.*$/

/** A file that the project names as a place of its version. */
export const namedFileSchema = z.strictObject({
  path: z.string().min(1).describe("Path of the file, relative to the project"),
  pattern: z
    .string()
    .regex(ONCE, "the text around the version, with {version} once, e.g. 'app:{version}'")
    .describe("The text around the version, with {version} in its place, e.g. 'image: app:{version}'"),
  dialect: z
    .enum(["semver", "pep440"])
    .default("semver")
    .describe("How the version is written there: 1.2.0-rc.1 (semver) or 1.2.0rc1 (pep440)"),
})

/** One entry of `version.files`. */
export type NamedFile = z.infer<typeof namedFileSchema>

/** Settings of `[tool.quillon.version]`. */
export const versionSettingsSchema = z.strictObject({
  source: z
    .string()
    .optional()
    .describe("Where the version is decided: a file that states it, or 'tag'. A VERSION file always decides"),
  files: z.array(namedFileSchema).default([]).describe("More files that repeat the version"),
  tag: z
    .string()
    .regex(ONCE, "the tag's name with {version} once, e.g. 'v{version}'")
    .default("v{version}")
    .describe("How release tags are named; a bare version is always read too"),
})

/** Settings of `[tool.quillon.version]` with defaults filled in. */
export type VersionSettings = z.infer<typeof versionSettingsSchema>
