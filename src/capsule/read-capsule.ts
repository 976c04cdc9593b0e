import { z } from "zod"
import { QuillonError } from "../errors.js"
import { CAPSULE_SCHEMA, type Capsule, capsuleSchema } from "./schema.js"

const head = z.object({ schema: z.number(), quillon: z.string().optional() })

/**
 * Reads a capsule.
 *
 * @param where the file as a person knows it.
 * @throws QuillonError CAPSULE_TOO_NEW, UNREADABLE_CAPSULE
 */
export function readCapsule(text: string, where: string): Capsule {
  const value = parse(text, where)
  const { data: known } = head.safeParse(value)
  if (known === undefined) throw unreadable(where, "it is no capsule")
  if (known.schema > CAPSULE_SCHEMA) throw tooNew(where, known)
  const { data, error } = capsuleSchema.safeParse(value)
  if (data !== undefined) return data
  const [issue] = error.issues
  throw unreadable(where, `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "it is no capsule"}`)
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw unreadable(where, "it is no JSON", cause)
  }
}

function tooNew(where: string, { schema, quillon }: z.infer<typeof head>): QuillonError {
  const version = /^\d+\.\d+\.\d+[\w.+-]*$/.test(quillon ?? "") ? quillon : "latest"
  const writer = version === "latest" ? "a newer Quillon" : `Quillon ${version}`
  return new QuillonError({
    code: "CAPSULE_TOO_NEW",
    message: `${where} has version ${schema}, which ${writer} wrote; this Quillon knows version ${CAPSULE_SCHEMA}`,
    next: `npx quillon@${version} debug ${where}`,
    kind: "usage",
  })
}

function unreadable(where: string, why: string, cause?: unknown): QuillonError {
  return new QuillonError(
    {
      code: "UNREADABLE_CAPSULE",
      message: `can't read the capsule ${where}: ${why}`,
      next: "download it again, or make one with: quillon ci",
      kind: "usage",
    },
    { cause },
  )
}
