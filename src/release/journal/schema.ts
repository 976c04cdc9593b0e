import { z } from "zod"
import { releasePlanSchema } from "../plan/schema.js"

/** Version of the journal's form; raised when an older Quillon could misread a newer journal. */
export const JOURNAL_SCHEMA = 1

const object = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const moment = z.iso.datetime()

/** Who carries a release out. */
export const holderSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("process"),
    id: z.string().describe("Never given twice"),
    host: z.string(),
    pid: z.number().int(),
  }),
  z.strictObject({ kind: z.literal("job"), id: z.string().describe("Never given twice"), url: z.string() }),
])

/** A file that the release commit was built into. */
export const artifactSchema = z.strictObject({
  kind: z.enum(["wheel", "sdist", "sbom", "checksums"]),
  name: z.string(),
  sha256,
  size: z.number().int().describe("Bytes"),
})

/** What the release commit was built into, and what its gates said. */
export const builtSchema = z.strictObject({
  artifacts: z.array(artifactSchema),
  image: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/)
    .nullable()
    .describe("Digest of the image"),
  imports: z.array(z.string()).describe("Names that must import once the package is installed"),
  allowed: z
    .array(z.strictObject({ cell: z.string(), why: z.string() }))
    .describe("Cells that failed and were allowed to"),
})

/** What one write left, or why it was not made. */
export const receiptSchema = z.strictObject({
  act: z.string().describe("Id of the act, e.g. 'index:engine-1.3.0.tar.gz'"),
  outcome: z
    .enum(["done", "already-done", "passed-over"])
    .describe("'already-done' where it was found there; 'passed-over' where it was rightly not written"),
  what: z.string(),
  where: z.string(),
  digest: z.string().optional(),
  link: z.string().optional(),
  why: z.string().optional().describe("Why it was passed over"),
  when: moment,
})

const commit = z.strictObject({
  commit: object,
  time: z.number().int().describe("Seconds since 1970: the epoch of everything that is built from it"),
  tag: z.strictObject({ name: z.string(), object, content: z.string() }),
})

/** A release on its way. Nothing of it is ever planned or computed again. */
export const journalSchema = z.strictObject({
  schema: z.literal(JOURNAL_SCHEMA),
  release: z.string().describe("Names this attempt; marks its draft"),
  nonce: z.string().describe("Given anew with each writing, so that no two writers make the same object"),
  started: moment,
  written: moment,
  holder: holderSchema.nullable().describe("Null where the last holder laid it down"),
  plan: releasePlanSchema,
  commit,
  built: builtSchema.nullable().describe("Null until all gates have passed"),
  begun: z.strictObject({ act: z.string(), when: moment }).nullable().describe("The write that may be under way"),
  receipts: z.array(receiptSchema),
  abandoned: z
    .strictObject({ why: z.string(), when: moment, left: z.array(z.string()).describe("What could not be taken away") })
    .optional()
    .describe("Present where a person gave it up; nothing is written any more"),
})

/** Who carries a release out. */
export type Holder = z.infer<typeof holderSchema>

/** A file that the release commit was built into. */
export type ReleaseArtifact = z.infer<typeof artifactSchema>

/** What the release commit was built into, and what its gates said. */
export type Built = z.infer<typeof builtSchema>

/** What one write left, or why it was not made. */
export type ActReceipt = z.infer<typeof receiptSchema>

/** A release on its way. */
export type Journal = z.infer<typeof journalSchema>
