import { z } from "zod"

/** Where a run keeps digests of what its cells depended on. */
export const INPUTS_FILE = "inputs.json"

const view = z.object({
  include: z.array(z.string()),
  exclude: z.array(z.string()),
  /** Folders above the project. */
  levels: z.number(),
  /** Shown although git ignores them, so that no digest of them is known. */
  ignored: z.boolean(),
})

const command = z.object({
  name: z.string(),
  argv: z.array(z.string()),
  timeout: z.number(),
  /** A time bucket, a nonce: what made the step differ from the same one of another time. */
  salt: z.record(z.string(), z.string()),
})

const cell = z.object({
  outcome: z.enum(["passed", "failed", "errored", "skipped"]),
  reason: z.string().optional(),
  cached: z.boolean().nullable(),
  seconds: z.number(),
  attempts: z.number(),
  after: z.array(z.string()),
  commands: z.array(command),
  views: z.array(view),
  /** Digests of what the cell gave, by kind. */
  gives: z.record(z.string(), z.string()),
  tools: z.array(z.object({ name: z.string(), version: z.string() })),
})

/** What the cells of a run depended on, as far as it can be known without asking the engine. */
export const inputsSchema = z.object({
  schema: z.literal(1),
  id: z.string(),
  quillon: z.string(),
  engine: z.object({ version: z.string(), host: z.string() }),
  /** Path of the project below the root that the files are relative to. */
  path: z.string(),
  /** Digests by path; null where the tree was too large or could not be read. */
  files: z.record(z.string(), z.string()).nullable(),
  settings: z.record(z.string(), z.unknown()),
  images: z.array(z.object({ name: z.string(), digest: z.string() })),
  /** Versions by package, by the cell that resolved them and the file. */
  packages: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.string()))),
  /** Cells, stages or "all" that were to run again. */
  fresh: z.array(z.string()),
  cells: z.record(z.string(), cell),
})

/** What a run depended on. */
export type Inputs = z.infer<typeof inputsSchema>

/** What one cell depended on. */
export type CellInputs = Inputs["cells"][string]
