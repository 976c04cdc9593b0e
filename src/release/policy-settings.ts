import { z } from "zod"

const LEVEL = z.enum(["major", "minor", "patch", "none"])
/** What a branch may release. */
export const channelSchema = z.enum(["final", "dev", "alpha", "beta", "rc"])

/** A plan shows where it goes, so an address may carry no user name or password. */
const ADDRESS = z.string().refine((text) => !/^[a-z+]+:\/\/[^/]*@/i.test(text), {
  error: "an address without user name and password: credentials are handed in as secrets",
})

/** Settings of `[tool.quillon.release]`: when a release is due, what it is called and where it goes. */
export const releaseSettingsSchema = z.strictObject({
  initial: z.string().default("0.1.0").describe("Version of the first release where the version is the tag"),
  channels: z
    .record(z.string(), channelSchema)
    .default({ main: "final", master: "final", next: "rc" })
    .describe("What a branch releases: finals, or pre-releases of one kind"),
  commits: z
    .strictObject({
      bumps: z
        .record(z.string(), LEVEL)
        .default({})
        .describe("What a commit of a type, or of a 'type(scope)', asks for; added to feat, fix, perf and revert"),
      breaking: z.enum(["major", "minor", "patch"]).default("major").describe("What a breaking change asks for"),
      unconventional: z
        .enum(["none", "patch", "minor", "major", "refuse"])
        .default("none")
        .describe("What a commit asks for that is no conventional commit"),
      squash: z
        .enum(["title", "parts"])
        .default("parts")
        .describe("Whether the lines of a squashed commit count where its title is no conventional commit"),
    })
    .prefault({})
    .describe("What commits ask for"),
  zero: z
    .strictObject({
      breaking: z.enum(["major", "minor"]).default("minor").describe("What a breaking change asks for below 1.0.0"),
      feature: z.enum(["minor", "patch"]).default("minor").describe("What a feature asks for below 1.0.0"),
    })
    .prefault({})
    .describe("Versions below 1.0.0"),
  changelog: z
    .strictObject({
      file: z
        .union([z.string(), z.literal(false)])
        .default("CHANGELOG.md")
        .describe("Where notes are kept; false: nowhere"),
      sections: z
        .record(z.string(), z.string())
        .default({})
        .describe("Title of a commit type's section; an empty one hides the type where it releases nothing"),
      authors: z.boolean().default(false).describe("Whether each change names its author"),
    })
    .prefault({})
    .describe("What is told of a release"),
  links: z
    .strictObject({
      forge: z.enum(["auto", "github", "gitlab", "none"]).default("auto").describe("Whose form the links have"),
      url: ADDRESS.optional().describe("Page of the repository; read from the git remote when absent"),
    })
    .prefault({})
    .describe("Pages that notes link to"),
  push: z
    .enum(["commit-and-tag", "tag"])
    .default("commit-and-tag")
    .describe("Whether a release commit is pushed, or a tag alone (protected branches)"),
  allowedFailures: z
    .array(z.string())
    .default([])
    .describe(
      "Stages or cells, e.g. 'audit' or 'test@3.14', that may fail or go unexamined without stopping a release: plan, notes and receipt name them",
    ),
  message: z.string().default("chore(release): {version}").describe("First line of the release commit"),
  targets: z
    .strictObject({
      index: z
        .union([ADDRESS, z.literal(false)])
        .default("pypi")
        .describe("Package index: 'pypi', a URL, or false"),
      testIndex: z
        .union([ADDRESS, z.literal(false)])
        .default(false)
        .describe("Index that is tried first: 'testpypi', a URL, or false"),
      image: z
        .union([ADDRESS, z.literal(false)])
        .default(false)
        .describe("Image repository, e.g. 'ghcr.io/owner/name', or false"),
      forge: z
        .union([z.enum(["auto", "github", "gitlab"]), z.literal(false)])
        .default("auto")
        .describe("Where the release page is made; read from the git remote when 'auto'"),
      deploy: z.array(z.string()).default([]).describe("Names of environments that get the image, in this order"),
    })
    .prefault({})
    .describe("Where a release goes"),
})

/** The rules of a project's releases: settings after defaults were filled in. */
export type ReleasePolicy = z.infer<typeof releaseSettingsSchema>

/** What a branch releases. */
export type Channel = z.infer<typeof channelSchema>
