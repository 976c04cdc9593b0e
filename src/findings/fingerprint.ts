import { createHash } from "node:crypto"
import type { Finding } from "./finding.js"

/**
 * Names a finding so that moved lines do not change it: tool, rule, file and message without its numbers, and which
 * of several alike it is. 16 hexadecimal digits.
 */
export function fingerprint(finding: Omit<Finding, "fingerprint">, occurrence: number): string {
  const message = finding.message.replace(/0x[0-9a-f]+|\d+/gi, "#")
  const identity = JSON.stringify([finding.tool, finding.rule, finding.file ?? "", message, occurrence])
  return createHash("sha256").update(identity).digest("hex").slice(0, 16)
}
