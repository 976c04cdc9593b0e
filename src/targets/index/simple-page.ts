import { z } from "zod"
import { type Answered, type Ask, jsonOf, textOf } from "../http/exchange.js"
import { type ReplyWords, saying, unseenOf } from "../http/read-reply.js"
import type { Found } from "../ports/sight.js"

/** A file that a simple page links to. */
export interface LinkedFile {
  readonly name: string
  readonly url: string
  /** Hexadecimal; absent where the page gives another hash or none. */
  readonly sha256?: string
}

/** What the page is asked for: JSON (PEP 691) before HTML (PEP 503), past any cache. */
const HEADERS = {
  accept: "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01",
  "cache-control": "no-cache",
  "user-agent": "quillon",
}

const pageSchema = z.object({
  files: z.array(
    z.object({ filename: z.string(), url: z.string(), hashes: z.object({ sha256: z.string().optional() }) }),
  ),
})

/** Reads a project's page. A page that is not there is a project without files. */
export async function readSimplePage(ask: Ask, url: string, words: ReplyWords): Promise<Found<readonly LinkedFile[]>> {
  const reply = await ask({ url, headers: HEADERS })
  const unseen = unseenOf(reply, words)
  if (unseen !== undefined || reply.kind === "silent") return unseen ?? { kind: "unreachable", why: words.target }
  if (reply.status === 404) return { kind: "absent" }
  if (reply.status !== 200) return { kind: "unreachable", why: saying(reply, words) }
  const isJson = reply.headers.get("content-type")?.includes("json") ?? false
  const files = isJson ? readJson(reply, url) : readHtml(textOf(reply), url)
  return files === undefined
    ? { kind: "unreachable", why: `${words.target} answered what is no simple page` }
    : { kind: "found", value: files }
}

function readJson(reply: Answered, base: string): readonly LinkedFile[] | undefined {
  const page = pageSchema.safeParse(jsonOf(reply))
  return page.data?.files.map(({ filename, url, hashes: { sha256 } }) => ({
    name: filename,
    url: new URL(url, base).href,
    ...(sha256 === undefined ? {} : { sha256 }),
  }))
}

/** Reads the anchors of a page. The text of an anchor is the file's name (PEP 503). */
export function readHtml(html: string, base: string): readonly LinkedFile[] {
  return [...html.matchAll(/<a\s[^>]*?href\s*=\s*["']([^"']+)["'][^>]*>([^<]*)<\/a>/gi)].map(
    ([, href = "", text = ""]) => {
      const url = new URL(href.replaceAll("&amp;", "&"), base)
      const sha256 = /^#sha256=([0-9a-f]{64})$/.exec(url.hash)?.[1]
      url.hash = ""
      return { name: text.trim(), url: url.href, ...(sha256 === undefined ? {} : { sha256 }) }
    },
  )
}
