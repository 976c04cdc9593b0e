import { z } from "zod"
import { section } from "./settings-common.js"

/** Texts that stand in files of a CI system as they are, so that each may hold only what means nothing there. */
const label = z.string().regex(/^[A-Za-z0-9][\w.:-]*$/, "a label of a runner, e.g. 'self-hosted'")
const branch = z.string().regex(/^[A-Za-z0-9*][\w./*-]*$/, "a branch, or a pattern of branches, e.g. 'release/*'")
const paths = z.string().regex(/^[\w.*][\w./*-]*$/, "a pattern of files, e.g. 'libs/core/**/*'")
const module = z.string().regex(/^[\w.@:/~-]+$/, "an address of a module, e.g. 'github.com/owner/name@v1.2.3'")
const runnerHost = z
  .string()
  .regex(/^[a-z][a-z0-9+-]*:\/\/[\w.:/?=&%@~-]+$/, "an address of an engine, e.g. 'tcp://engine.example.org:8080'")

/** Settings of `[tool.quillon.ci]`: what the files say that `quillon wrappers` writes. */
export const ciSettingsSchema = section(
  {
    systems: z
      .array(z.enum(["github", "gitlab"]))
      .min(1)
      .default(["github", "gitlab"])
      .describe("CI systems whose files are written"),
    branches: z
      .array(branch)
      .min(1)
      .default(["main", "develop"])
      .describe(
        "Branches that are examined at each push, and merged into; * stands for any name, ** also for any path",
      ),
    paths: z
      .array(paths)
      .default([])
      .describe(
        "Further files whose change concerns a project below the repository's root, e.g. 'libs/core/**/*'; '**/*' is any",
      ),
    door: z.enum(["cli", "dagger"]).default("cli").describe("'cli' calls quillon by npx, 'dagger' calls the module"),
    module: module
      .optional()
      .describe("Address of Quillon's module, which door = 'dagger' calls, e.g. 'github.com/owner/name@v1.2.3'"),
    runner: z.array(label).min(1).default(["ubuntu-latest"]).describe("Labels of the GitHub runner (`runs-on`)"),
    tags: z.array(label).default([]).describe("Tags of the GitLab runner"),
    "runner-host": runnerHost
      .optional()
      .describe("Engine that jobs use, e.g. 'tcp://engine.example.org:8080'; one in the job's own Docker when absent"),
    "retention-days": z
      .number()
      .int()
      .min(1)
      .max(90)
      .default(14)
      .describe("Days for which reports and packages are kept"),
    "code-scanning": z
      .boolean()
      .default(false)
      .describe("Whether findings go to GitHub's code scanning, which private repositories must have a licence for"),
    release: z
      .enum(["push", "manual", "off"])
      .default("manual")
      .describe(
        "When the release job runs: at each push to a branch of release.channels and by hand, by hand alone, or there is none",
      ),
    "release-environment": label
      .optional()
      .describe("GitHub environment of the release job, whose reviewers and secrets count"),
  },
  "Files of CI systems, which `quillon wrappers` writes",
)

/** Settings of `[tool.quillon.ci]` with defaults filled in. */
export type CiSettings = z.infer<typeof ciSettingsSchema>
