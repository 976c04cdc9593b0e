import { z } from "zod"
import { dependencyKeys, section, stageKeys, texts } from "./settings-common.js"

const excuse = z.strictObject({
  id: z.string().min(1).describe("Id of the advisory, e.g. 'PYSEC-2024-48', or one of its aliases"),
  reason: z.string().min(1).describe("Why it does no harm here"),
  expires: z.iso.date().describe("Last day on which the excuse holds, e.g. '2027-01-31'; after it the audit fails"),
})

const severity = z.enum(["low", "medium", "high"])

/** Stages without which `policy = "strict"` would be half a policy. */
export const STRICT_STAGES = [
  "resolve",
  "lint",
  "types",
  "security",
  "audit",
  "outdated",
  "build",
  "test",
  "coverage",
] as const

/** Settings of the stages, one table each. */
export const stageSections = {
  resolve: section(
    {
      ...stageKeys,
      lock: z
        .enum(["auto", "ignore"])
        .default("auto")
        .describe("'auto' takes the project's own lock as it is; 'ignore' resolves anew"),
    },
    "Resolving dependencies to hashed requirements",
  ),
  lint: section(
    {
      ...stageKeys,
      format: z
        .enum(["auto", "always", "never"])
        .default("auto")
        .describe("Whether the format is checked; 'auto' does where the project formats with ruff or black"),
    },
    "Linting with ruff",
  ),
  types: section({ ...stageKeys, ...dependencyKeys }, "Type checks with mypy"),
  security: section(
    {
      ...stageKeys,
      severity: severity.default("high").describe("Lowest severity of a bandit finding that fails the stage"),
      confidence: severity.default("low").describe("Lowest confidence of a finding that counts"),
    },
    "Static security checks with bandit",
  ),
  audit: section(
    {
      ...stageKeys,
      tool: z.enum(["pip-audit", "safety"]).default("pip-audit").describe("What looks up known vulnerabilities"),
      service: z
        .string()
        .min(1)
        .optional()
        .describe(
          "'pypi', 'osv', or the address of an OSV service; when absent pypi, and no audit where the index is a mirror that serves no advisories",
        ),
      private: texts
        .default([])
        .describe("Packages of one's own, of which no service is told; the report names them as not looked up"),
      ignore: z
        .array(excuse)
        .default([])
        .describe("Advisories that are excused, each with a reason and an expiry date"),
    },
    "Known vulnerabilities of the dependencies",
  ),
  outdated: section(
    {
      ...stageKeys,
      gate: z.boolean().default(false).describe("Whether an outdated direct dependency fails the stage"),
      maxAge: z
        .number()
        .min(0)
        .optional()
        .describe("Days for which a newer release of a direct dependency may be out before that fails the stage"),
    },
    "Dependencies that are not the newest",
  ),
  build: section(
    {
      ...stageKeys,
      wheels: z
        .string()
        .optional()
        .describe(
          "Folder of the project, or pattern, with finished wheels, which are taken instead of built where they fit",
        ),
      pure: z.boolean().optional().describe("Whether one wheel serves all interpreters; found out when absent"),
    },
    "Building sdist and wheels",
  ),
  test: section(
    {
      ...stageKeys,
      ...dependencyKeys,
      paths: texts.optional().describe("Folders and files with tests; found out when absent"),
      include: texts
        .default([])
        .describe("More files that the tests read, as patterns; only tests and configuration are at hand otherwise"),
      parallel: z
        .union([z.enum(["auto", "off"]), z.number().int().min(1)])
        .default("off")
        .describe(
          "Processes of pytest-xdist: 'off', 'auto' for one a processor, or a number; one process confirms what fails",
        ),
    },
    "Tests with pytest on each interpreter",
  ),
  coverage: section(
    {
      ...stageKeys,
      minimum: z
        .number()
        .min(0)
        .max(100)
        .optional()
        .describe("Per cent that must be covered; the project's own fail_under when absent"),
    },
    "Coverage of all tests together",
  ),
  image: section(
    {
      ...stageKeys,
      dockerfile: z
        .string()
        .optional()
        .describe("The Dockerfile; the project's own, else a generated one, when absent"),
      target: z.string().optional().describe("Stage of the Dockerfile to build"),
      arguments: z.record(z.string(), z.string()).default({}).describe("Build arguments of the Dockerfile"),
      buildSecrets: z
        .array(z.string())
        .default([])
        .describe("Names of secrets that the Dockerfile finds with `RUN --mount=type=secret,id=NAME`"),
      command: texts.optional().describe("Command of a generated image; the project's only script when absent"),
      smoke: texts.optional().describe("Command that shows that the image works; its own start when absent"),
      start: z
        .number()
        .positive()
        .default(30)
        .describe("Seconds within which a started image is healthy, or listens on a port that it exposes"),
      healthcheck: texts.optional().describe("Health check of a generated image"),
      keep: z.boolean().default(false).describe("Keep the image as an artifact: image.tar, an OCI layout"),
    },
    "The container image",
  ),
  sbom: section({ ...stageKeys }, "The software bill of materials"),
}
