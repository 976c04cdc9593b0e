import type { z } from "zod"
import { type Refusal, refuseText } from "./refusal.js"
import { JOURNAL_SCHEMA, type Journal, journalSchema } from "./schema.js"

/** The journal's text: JSON for people and machines, ended by a line feed. */
export function encodeJournal(journal: Journal): string {
  return `${JSON.stringify(journal, null, 2)}\n`
}

/** Reads a journal's text. One of another schema version is refused by its number before anything of it is believed. */
export function decodeJournal(text: string): { readonly kind: "journal"; readonly journal: Journal } | Refusal {
  const read = readVersioned(text, { schema: journalSchema, version: JOURNAL_SCHEMA, name: "journal" })
  return read.kind === "refused" ? read : { kind: "journal", journal: read.value }
}

interface Versioned<T> {
  readonly schema: z.ZodType<T>
  readonly version: number
  /** What it is called in a refusal. */
  readonly name: string
}

/** Reads a document that says its own schema version. */
export function readVersioned<T>(
  text: string,
  { schema, version, name }: Versioned<T>,
): { readonly kind: "read"; readonly value: T } | Refusal {
  const json = parse(text)
  if (typeof json !== "object" || json === null) return refuseText({ name, why: "is no JSON object" })
  const found = "schema" in json ? json.schema : undefined
  if (typeof found === "number" && found > version) {
    return refuseText({ name, why: `has schema version ${found}, this Quillon reads ${version}`, newer: name })
  }
  const read = schema.safeParse(json)
  if (read.success) return { kind: "read", value: read.data }
  const [issue] = read.error.issues
  return refuseText({ name, why: `has a bad ${issue?.path.join(".") || "form"}: ${issue?.message}` })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
