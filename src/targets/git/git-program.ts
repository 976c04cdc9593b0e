import { z } from "zod"

/** One ref that is to change: only from `old`, where null says that it must not be there. */
export interface RefUpdate {
  readonly ref: string
  /** Object id; null takes the ref away. */
  readonly new: string | null
  readonly old: string | null
}

/** What the program in `python/release_git.py` is asked for. */
export type GitRequest =
  | { readonly operation: "refs"; readonly patterns: readonly string[] }
  | {
      readonly operation: "prepare"
      readonly base: string
      readonly edits: readonly { readonly path: string; readonly diff: string }[]
      readonly message: string
      readonly tag: string
      readonly time: number
    }
  | { readonly operation: "adopt"; readonly tag: string }
  | { readonly operation: "export"; readonly commit: string; readonly folder: string }
  | {
      readonly operation: "push"
      readonly updates: readonly RefUpdate[]
      /** Commits that must be at hand, by id. */
      readonly commits?: readonly string[]
      /** Texts of tag objects that must be at hand. */
      readonly tags?: readonly string[]
      readonly options?: readonly string[]
      /** Asks whether the remote would let the pusher in, and pushes nothing. */
      readonly dry?: true
    }
  | {
      readonly operation: "write-journal"
      readonly ref: string
      readonly version: string
      readonly text: string
      readonly commit: string
      readonly old: string | null
      readonly options?: readonly string[]
    }
  | { readonly operation: "read-journals"; readonly patterns: readonly string[] }
  /** The note on an object, or on what a tag of the remote names. */
  | ({ readonly operation: "read-note"; readonly ref: string } & (
      | { readonly object: string }
      | { readonly tag: string }
    ))
  | { readonly operation: "write-note"; readonly ref: string; readonly object: string; readonly text: string }

const failedSchema = z.object({
  kind: z.literal("failed"),
  complaint: z.string(),
  status: z.number().nullable(),
  retryAfter: z.number().nullable(),
  sent: z.boolean(),
})

/** The remote gave no answer, or one that is none: the last HTTP status, and whether a push was sent. */
export type GitFailure = z.infer<typeof failedSchema>

const resultSchema = z.discriminatedUnion("kind", [
  failedSchema,
  z.object({ kind: z.literal("refs"), refs: z.record(z.string(), z.string()) }),
  z.object({ kind: z.literal("refused"), why: z.string(), next: z.string() }),
  z.object({
    kind: z.literal("prepared"),
    release: z.object({
      commit: z.string(),
      time: z.number(),
      tag: z.object({ name: z.string(), object: z.string(), content: z.string() }),
    }),
  }),
  z.object({ kind: z.literal("done"), id: z.string().optional() }),
  z.object({
    kind: z.literal("rejected"),
    id: z.string().optional(),
    /** Git's words for each ref. */
    reasons: z.record(z.string(), z.string()),
    complaint: z.string(),
  }),
  z.object({
    kind: z.literal("journals"),
    journals: z.array(z.object({ ref: z.string(), id: z.string(), text: z.string(), commit: z.string() })),
  }),
  z.object({
    kind: z.literal("read"),
    /** What the note is about; null where the tag that was asked for is not there. */
    object: z.string().nullable(),
    /** The commit that the tag names. */
    commit: z.string().nullable(),
    text: z.string().nullable(),
  }),
])

/** What the program said. */
export type GitResult = z.infer<typeof resultSchema>

/** Runs the program for one remote, once: an effect, never remembered. */
export type RunGit = (request: GitRequest) => Promise<GitResult>

/** Reads what the program wrote. @throws ZodError where that is not its result, which is a bug */
export function readGitResult(text: string): GitResult {
  return resultSchema.parse(JSON.parse(text))
}

/** A result of the kind that an operation gives when it succeeds. @throws TypeError for another one, which is a bug */
export function expectResult<Kind extends GitResult["kind"]>(
  result: GitResult,
  kind: Kind,
): Extract<GitResult, { readonly kind: Kind }> {
  if (result.kind === kind) return result as Extract<GitResult, { readonly kind: Kind }>
  throw new TypeError(`the git program answered ${result.kind} where ${kind} was due`)
}
