import type { Ask, Reply } from "../../../src/targets/http/exchange.js"
import type { IndexFile } from "../../../src/targets/ports/package-index.js"

/** Uploads from this process, as the container does. @param bytes gives those of a file by its SHA-256 */
export function uploadHere(ask: Ask, url: string, bytes: (sha256: string) => string) {
  return async (file: IndexFile, token: string): Promise<Reply> => {
    const form = new FormData()
    const fields = { ":action": "file_upload", name: file.project, version: file.version, sha256_digest: file.sha256 }
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    form.set("content", new Blob([bytes(file.sha256)]), file.name)
    const encoded = new Response(form)
    return ask({
      method: "POST",
      url,
      headers: {
        "content-type": encoded.headers.get("content-type") ?? "",
        authorization: `Basic ${Buffer.from(`__token__:${token}`).toString("base64")}`,
      },
      body: new Uint8Array(await encoded.arrayBuffer()),
    })
  }
}
