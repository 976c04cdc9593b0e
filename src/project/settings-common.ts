import { z } from "zod"

const name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "the name of an environment variable, e.g. 'API_TOKEN'")

/** A list of texts. */
export const texts = z.array(z.string())

/** An interpreter as `X.Y`. */
export const pythonVersion = z.string().regex(/^3\.\d+$/, "a Python as X.Y, e.g. '3.11'")

const health = z.strictObject({
  command: texts.min(1).describe("Command in the service's container that exits with 0 once it is ready"),
  timeout: z.number().positive().default(60).describe("Seconds after which a service that is not ready is given up"),
  interval: z.number().positive().default(1).describe("Seconds between two attempts"),
})

const serviceShape = z.strictObject({
  image: z.string().min(1).optional().describe("Image of the service, e.g. 'postgres:17'"),
  dockerfile: z
    .string()
    .min(1)
    .optional()
    .describe("Dockerfile of the project that the service is built from in place of an image; it sees its own folder"),
  port: z
    .number()
    .int()
    .min(1)
    .max(65_535)
    .describe("Port on which it listens; its host name is the key of this table"),
  env: z.record(name, z.string()).default({}).describe("Environment of the service"),
  secrets: z.array(name).default([]).describe("Secrets that the service gets in its environment, by name"),
  args: texts.optional().describe("Arguments in place of the image's own command"),
  health: health.optional().describe("How to find out that it is ready; its open port when absent"),
})

/** A service beside a stage: a database, a queue. */
export const service = serviceShape.superRefine(({ image, dockerfile }, { addIssue }) => {
  const issue = (key: "image" | "dockerfile", message: string) => addIssue({ code: "custom", path: [key], message })
  if (image === undefined && dockerfile === undefined)
    issue("image", "an image, or a Dockerfile in services.*.dockerfile")
  if (image !== undefined && dockerfile !== undefined) issue("dockerfile", "either image or dockerfile, not both")
})

/** Keys that each stage has. */
export const stageKeys = {
  enabled: z.boolean().default(true).describe("Whether the stage runs"),
  timeout: z.number().positive().optional().describe("Seconds after which a command of the stage is ended"),
  args: texts.default([]).describe("More arguments for the stage's tool, as after `--` on the command line"),
  apt: texts.default([]).describe("Debian packages that the stage needs in its container"),
  env: z.record(name, z.string()).default({}).describe("Environment variables of the stage"),
  secrets: z
    .array(name)
    .default([])
    .describe("Names of secrets that the stage finds in its environment; *** stands wherever one is printed"),
  services: z
    .record(z.string().regex(/^[a-z][a-z0-9-]*$/, "a host name in lower case, e.g. 'db'"), service)
    .default({})
    .describe("Services that run beside the stage, by host name"),
}

/** Where a purpose takes its dependencies from; a list that is given replaces what would be found. */
export const dependencyKeys = {
  groups: texts.optional().describe("Dependency groups to install; found by name when absent"),
  extras: texts.optional().describe("Extras of the project to install; found by name when absent"),
  requirements: texts
    .optional()
    .describe("Requirements, or requirements files of the project (`*.txt`), to install; found by name when absent"),
}

/** A table that may be left out: its keys have their defaults then. */
export function section<Shape extends z.core.$ZodLooseShape>(shape: Shape, description: string) {
  return z
    .strictObject(shape)
    .prefault({} as never)
    .describe(description)
}
