import { z } from "zod"
import { baselineEntry } from "../findings/baseline.js"
import { SEVERITIES } from "../findings/finding.js"

const finding = z.object({
  tool: z.string(),
  rule: z.string(),
  severity: z.enum(SEVERITIES),
  file: z.string().optional(),
  line: z.number().int().positive().optional(),
  column: z.number().int().positive().optional(),
  subject: z.string().optional(),
  message: z.string(),
  help: z.string().optional(),
  detail: z.string().optional(),
  fingerprint: z.string(),
  baselined: z.string().optional(),
  /** Lines of the file around the place, as the run saw them; of the first findings only. */
  excerpt: z.object({ first: z.number().int().positive(), lines: z.array(z.string()) }).optional(),
})

/** Counts of a test cell as pytest prints them. */
export const testCounts = z.object({
  passed: z.number().int(),
  failed: z.number().int(),
  skipped: z.number().int(),
  xfailed: z.number().int(),
  xpassed: z.number().int(),
  errors: z.number().int(),
})

/** Outcome of a cell or of a whole run. */
export const outcomeKind = z.enum(["passed", "failed", "errored", "skipped"])

const cellReport = z.object({
  stage: z.string(),
  cell: z.string(),
  /** What the stage does, in a person's words. */
  title: z.string().optional(),
  /** Addresses of the cells that had to end before it could start. */
  after: z.array(z.string()).optional(),
  /** ISO 8601 in UTC; absent of a cell that never ran. */
  started: z.string().optional(),
  outcome: outcomeKind,
  /** Wall-clock seconds from start to end of the cell, waiting for other cells excluded. */
  seconds: z.number(),
  /** Null where the door could not see the engine's spans. */
  cached: z.boolean().nullable(),
  attempts: z.number().int(),
  reason: z.string().optional(),
  next: z.string().optional(),
  detail: z.string().optional(),
  skip: z.enum(["input", "cancelled", "no-image", "not-applicable", "deselected"]).optional(),
  tools: z.array(z.object({ name: z.string(), version: z.string() })),
  measures: z.record(z.string(), z.unknown()),
  gate: z
    .object({ demands: z.string(), passed: z.boolean(), message: z.string(), remark: z.string().optional() })
    .optional(),
  findings: z.array(finding),
  /** Path relative to the run's folder. */
  artifacts: z.array(z.object({ path: z.string(), sha256: z.string(), bytes: z.number().int() })),
})

/** The contract of `report.json`: readers ignore keys that they do not know. */
export const reportSchema = z.object({
  schema: z.literal(1),
  id: z.string(),
  /** ISO 8601 in UTC. */
  started: z.string(),
  project: z.object({
    name: z.string(),
    version: z.string().optional(),
    path: z.string(),
    /** The file that says what the project is, relative to it: what has no place of its own is shown there. */
    file: z.string().optional(),
  }),
  /** Null outside git. */
  commit: z.string().nullable(),
  /** Null outside git. */
  dirty: z.boolean().nullable(),
  engine: z.object({ version: z.string(), host: z.string() }),
  images: z.array(z.object({ name: z.string(), digest: z.string(), origin: z.string() })),
  outcome: outcomeKind,
  seconds: z.number(),
  cells: z.array(cellReport),
  /** Absent where the project has none. */
  baseline: z
    .object({
      file: z.string(),
      entries: z.number().int(),
      /** Entries that the run met, which gates passed over. */
      known: z.number().int(),
      /** Those of them that were met in a renamed file. */
      moved: z.number().int(),
      /** Entries that are no longer found. */
      stale: z.array(baselineEntry),
    })
    .optional(),
})

/** A run as `report.json` has it. */
export type Report = z.infer<typeof reportSchema>

/** A cell as `report.json` has it. */
export type CellReport = z.infer<typeof cellReport>

/** pytest's own counts. */
export type TestCounts = z.infer<typeof testCounts>
