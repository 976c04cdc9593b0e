import { z } from "zod"

/** The version of the capsules that this Quillon writes and reads. */
export const CAPSULE_SCHEMA = 1

/** Where a run keeps its capsule. */
export const CAPSULE_FILE = "capsule.json"

const changedFile = z.discriminatedUnion("kind", [
  /** Text as it is on the disk. */
  z.object({ kind: z.literal("text"), path: z.string(), executable: z.boolean(), text: z.string() }),
  z.object({ kind: z.literal("bytes"), path: z.string(), executable: z.boolean(), base64: z.string() }),
  z.object({ kind: z.literal("link"), path: z.string(), target: z.string() }),
  z.object({ kind: z.literal("gone"), path: z.string() }),
])

/** Requirements files, by the cell that resolved them and their name. */
const requirements = z.record(z.string(), z.record(z.string(), z.string()))

const cell = z.object({
  address: z.string(),
  outcome: z.enum(["passed", "failed", "errored", "skipped"]),
  reason: z.string().optional(),
  /** Names of the variables that the settings give the cell. */
  environment: z.array(z.string()),
  /** Names of the secrets that the cell gets. */
  secrets: z.array(z.string()),
  commands: z.array(z.object({ name: z.string(), argv: z.array(z.string()), timeout: z.number() })),
})

/**
 * All that another machine needs to open the containers of a run: no value of a secret, nothing of this machine. Readers
 * ignore keys that they do not know.
 */
export const capsuleSchema = z.object({
  schema: z.literal(CAPSULE_SCHEMA),
  id: z.string(),
  /** ISO 8601 in UTC. */
  started: z.string(),
  /** False of a run that was killed, or still goes. */
  ended: z.boolean(),
  /** Version of Quillon. */
  quillon: z.string(),
  /** `platform` is e.g. `linux/amd64`; null where the engine was not asked yet. */
  engine: z.object({ version: z.string(), platform: z.string().nullable() }),
  project: z.object({ name: z.string(), path: z.string() }),
  /** Null outside git and before the first commit. */
  commit: z
    .string()
    .regex(/^[0-9a-f]{40,64}$/)
    .nullable(),
  /** From where the commit can be fetched, without credentials; null where git knows no remote. */
  remote: z.string().nullable(),
  changes: z.object({
    /** `unknown`: the run was killed before its changes were read. `left-out`: the settings do not want them here. */
    kind: z.enum(["none", "recorded", "left-out", "unknown"]),
    files: z.array(changedFile),
    /** Changed files that are not here, and why. */
    missing: z.array(z.object({ path: z.string(), why: z.string() })),
  }),
  /** As resolved: defaults, files, environment and flags together. */
  settings: z.record(z.string(), z.unknown()),
  /** What followed `--`, and the deadline that the command line set. */
  request: z.object({
    args: z.array(z.string()),
    only: z.array(z.string()).optional(),
    timeout: z.number().optional(),
  }),
  /** Names of all secrets that the settings ask for. */
  secrets: z.array(z.string()),
  /** Names of those whose value stood somewhere; `***NAME***` stands there. */
  masked: z.array(z.string()),
  images: z.array(z.object({ name: z.string(), digest: z.string(), origin: z.string() })),
  requirements,
  /** Of what builds the project, by the cell that built. */
  buildRequirements: requirements,
  /** Requirements files that were too long to keep, as `cell/file`. */
  withoutRequirements: z.array(z.string()),
  cells: z.array(cell),
})

/** A run that can be opened elsewhere. */
export type Capsule = z.infer<typeof capsuleSchema>

/** A file that differs from the commit. */
export type ChangedFile = z.infer<typeof changedFile>

/** A cell as a capsule has it. */
export type CapsuleCell = z.infer<typeof cell>
