import { z } from "zod"
import { readVersioned } from "./codec.js"
import type { Refusal } from "./refusal.js"
import { type Built, builtSchema, type Journal, journalSchema } from "./schema.js"

/** Version of the receipt's form. */
export const RECEIPT_SCHEMA = 1

/** What stays of a release, as a note on its tag: what the journal held, less who held it. */
export const releaseReceiptSchema = z.strictObject({
  schema: z.literal(RECEIPT_SCHEMA),
  ...journalSchema.pick({ release: true, plan: true, commit: true, receipts: true }).shape,
  built: builtSchema,
})

/** What stays of a release. */
export type ReleaseReceipt = z.infer<typeof releaseReceiptSchema>

/**
 * The receipt's text. The same journal gives the same text on every machine, whether it was made there or read: keys
 * stand in the order of the schema.
 */
export function encodeReceipt({ release, plan, commit, receipts }: Journal, built: Built): string {
  const receipt: ReleaseReceipt = { schema: RECEIPT_SCHEMA, release, plan, commit, receipts, built }
  return `${JSON.stringify(releaseReceiptSchema.parse(receipt), null, 2)}\n`
}

/** Reads a receipt's text; refused as a journal is. */
export function decodeReceipt(text: string): { readonly kind: "receipt"; readonly receipt: ReleaseReceipt } | Refusal {
  const read = readVersioned(text, { schema: releaseReceiptSchema, version: RECEIPT_SCHEMA, name: "receipt" })
  return read.kind === "refused" ? read : { kind: "receipt", receipt: read.value }
}
