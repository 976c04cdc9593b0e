import { z } from "zod"
import { QuillonError } from "../errors.js"

/** A finding that gates pass over. What is neither stage, file nor fingerprint stands there for people. */
export const baselineEntry = z.object({
  stage: z.string(),
  tool: z.string(),
  rule: z.string(),
  file: z.string().optional(),
  message: z.string(),
  fingerprint: z.string(),
})

const contents = z.object({ schema: z.literal(1), findings: z.array(baselineEntry) })

/** One of {@link baselineEntry}. */
export type BaselineEntry = z.infer<typeof baselineEntry>

/** Findings that a project has accepted, so that gates judge what is new. */
export interface Baseline {
  /** Path relative to the project. */
  readonly file: string
  readonly entries: readonly BaselineEntry[]
}

/** Where a baseline lies when no setting names a file. */
export const BASELINE_FILE = "quillon-baseline.json"

/** Reads a baseline's text. @throws QuillonError BROKEN_BASELINE, also for one with the marks of a merge in it */
export function parseBaseline(text: string, file: string): Baseline {
  try {
    return { file, entries: contents.parse(JSON.parse(text)).findings }
  } catch (cause) {
    throw new QuillonError(
      {
        code: "BROKEN_BASELINE",
        message: `${file} is no baseline that can be read`,
        next: "quillon baseline write, or repair the file",
        kind: "usage",
      },
      { cause },
    )
  }
}

/** A finding as a baseline has it. */
export function entryOf(stage: string, finding: Omit<BaselineEntry, "stage">): BaselineEntry {
  const { tool, rule, file, message, fingerprint } = finding
  return { stage, tool, rule, ...(file === undefined ? {} : { file }), message, fingerprint }
}

/** The file's text: sorted and one entry a line, so that two branches that drop entries can be merged. Pure. */
export function renderBaseline(entries: readonly BaselineEntry[]): string {
  const unique = new Map(entries.map((entry) => [keyOf(entry), entry]))
  const lines = [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => `    ${JSON.stringify(entry)}`)
  return `{\n  "schema": 1,\n  "findings": [${lines.length === 0 ? "" : `\n${lines.join(",\n")}\n  `}]\n}\n`
}

function keyOf({ stage, file, rule, fingerprint }: BaselineEntry): string {
  return [file ?? "", stage, rule, fingerprint].join("\0")
}
