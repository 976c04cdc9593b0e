import { type Answer, type Call, json } from "../http/exchange.js"
import type { UsedName } from "./ledger.js"

/** A link of a simple page: where a file is, and its SHA-256. */
export interface PageLink {
  readonly name: string
  /** Path below the index, without fragment. */
  readonly path: string
  readonly sha256: string
}

const JSON_TYPE = "application/vnd.pypi.simple.v1+json"

/** Reads the links of a page in HTML (PEP 503). */
export function readLinks(html: string): readonly PageLink[] {
  return [...html.matchAll(/<a\s[^>]*href="([^"#]+)#sha256=([0-9a-f]{64})"[^>]*>([^<]+)<\/a>/g)].map(
    ([, path = "", sha256 = "", name = ""]) => ({ name, path, sha256 }),
  )
}

/** A project's page as the client prefers it: JSON (PEP 691) or HTML (PEP 503). */
export function renderPage(call: Call, project: string, files: readonly (PageLink & Partial<UsedName>)[]): Answer {
  const vary = { vary: "Accept" }
  if (call.headers.accept?.includes(JSON_TYPE)) {
    const page = {
      meta: { "api-version": "1.1" },
      name: project,
      versions: [...new Set(files.map(({ name }) => versionOf(name)))],
      files: files.map(({ name, path, sha256, size = 0, uploaded = 0, requiresPython }) => ({
        filename: name,
        url: `${call.origin}${path}`,
        hashes: { sha256 },
        size,
        "upload-time": new Date(uploaded).toISOString(),
        yanked: false,
        ...(requiresPython ? { "requires-python": requiresPython } : {}),
      })),
    }
    return json(200, page, { ...vary, "content-type": JSON_TYPE })
  }
  const anchors = files.map(
    ({ name, path, sha256, requiresPython }) =>
      `<a href="${path}#sha256=${sha256}"${requiresPython ? ` data-requires-python="${escapeHtml(requiresPython)}"` : ""}>${name}</a><br>`,
  )
  const body = `<!DOCTYPE html>\n<html><body><h1>Links for ${project}</h1>\n${anchors.join("\n")}\n</body></html>\n`
  return { status: 200, headers: { ...vary, "content-type": "text/html; charset=utf-8" }, body }
}

function versionOf(fileName: string): string {
  return fileName.replace(/\.(tar\.gz|zip|whl)$/, "").split("-")[1] ?? ""
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")
}
