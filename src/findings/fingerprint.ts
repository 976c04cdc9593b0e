import { createHash } from "node:crypto"
import type { Finding } from "./finding.js"

/** A finding before it has a name. */
export type Unnamed = Omit<Finding, "fingerprint" | "baselined">

/** What tells findings of one rule in one file apart, besides their subjects. */
export interface Whereabouts {
  /** The text of the finding's line, where it can be had. */
  readonly text?: string | undefined
  /** Which of several alike it is, from 0. */
  readonly occurrence: number
}

/**
 * Names a finding so that moved and indented lines, and other words of another version of the tool, do not change it:
 * tool, rule, file, the subject or else the line's text or else the message without its numbers, and which of several
 * alike it is. 16 hexadecimal digits.
 */
export function fingerprint(finding: Unnamed, { text, occurrence }: Whereabouts): string {
  const identity = JSON.stringify([finding.tool, finding.rule, finding.file ?? "", ...about(finding, text), occurrence])
  return createHash("sha256").update(identity).digest("hex").slice(0, 16)
}

function about({ subject, message }: Unnamed, text: string | undefined): readonly [string, string] {
  if (subject !== undefined) return ["subject", subject]
  if (text !== undefined) return ["line", text.replace(/\s+/g, " ").trim()]
  return ["message", message.replace(/0x[0-9a-f]+|\d+/gi, "#")]
}
