import type { Handler } from "../../../rehearsal/http/exchange.js"
import { readUpload } from "../../../rehearsal/index/upload.js"

/** Keeps files and makes pages without any rule, as the real server behind an index does. */
export function createPlainServer(): Handler {
  const files = new Map<string, { readonly bytes: Buffer; readonly sha256: string }>()
  return async (call) => {
    if (call.method === "POST") {
      const upload = await readUpload(call)
      if (upload === undefined) return { status: 400 }
      files.set(upload.fileName, upload)
      return { status: 200, body: "" }
    }
    const name = call.path.split("/").at(-1) ?? ""
    if (call.path.startsWith("/packages/")) return { status: 200, body: files.get(name)?.bytes ?? "" }
    const links = [...files].map(([file, { sha256 }]) => `<a href="/packages/${file}#sha256=${sha256}">${file}</a>`)
    return { status: 200, body: links.join("\n") }
  }
}
