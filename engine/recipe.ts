import { createHash } from "node:crypto"

/** A content key: the same inputs in the same order give the same 16 hexadecimal digits on every machine. */
export function contentKey(parts: readonly string[]): string {
  const hash = createHash("sha256")
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part)
  return hash.digest("hex").slice(0, 16)
}
