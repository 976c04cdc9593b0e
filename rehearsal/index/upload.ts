import { createHash } from "node:crypto"
import type { Call } from "../http/exchange.js"

/** A file as an upload brings it (the legacy upload API). */
export interface Upload {
  /** The project's name as the metadata has it. */
  readonly project: string
  readonly version: string
  readonly fileName: string
  readonly bytes: Buffer
  /** Hexadecimal, computed from the bytes. */
  readonly sha256: string
  /** What the client says that the SHA-256 is; null where it says nothing. */
  readonly claimedSha256: string | null
  readonly requiresPython: string | null
}

/** Reads the form of an upload; undefined where it is none. */
export async function readUpload({ headers, body }: Call): Promise<Upload | undefined> {
  const type = headers["content-type"]
  if (type === undefined || !type.startsWith("multipart/form-data")) return undefined
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData()
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === "string" ? value : null
  }
  const file = form.get("content")
  if (text(":action") !== "file_upload" || file === null || typeof file === "string") return undefined
  const bytes = Buffer.from(await file.arrayBuffer())
  return {
    project: text("name") ?? "",
    version: text("version") ?? "",
    fileName: file.name,
    bytes,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    claimedSha256: text("sha256_digest"),
    requiresPython: text("requires_python"),
  }
}
