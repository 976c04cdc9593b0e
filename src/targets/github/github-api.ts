import { z } from "zod"
import { type Answered, type Ask, jsonOf, type Reply } from "../http/exchange.js"
import { type ReplyWords, saying, unseenOf } from "../http/read-reply.js"
import type { Unseen } from "../ports/sight.js"

const assetSchema = z.object({
  id: z.number(),
  name: z.string(),
  state: z.string(),
  digest: z.string().nullish(),
})

const releaseSchema = z.object({
  id: z.number(),
  tag_name: z.string(),
  name: z.string().nullable(),
  body: z.string().nullish(),
  draft: z.boolean(),
  prerelease: z.boolean(),
  html_url: z.string(),
  upload_url: z.string(),
  assets: z.array(assetSchema),
})

/** A release as GitHub's API shows it; what we do not read is left out. */
export type ApiRelease = z.infer<typeof releaseSchema>

/** An asset as GitHub's API shows it. */
export type ApiAsset = z.infer<typeof assetSchema>

const repositorySchema = z.object({ permissions: z.object({ push: z.boolean() }).optional() })

/** What a look gave, or why it gave nothing. */
export type Looked<T> = { readonly kind: "found"; readonly value: T } | Unseen

/** Where a repository's API is and who asks. */
export interface GitHubPlace {
  /** E.g. `https://api.github.com`. */
  readonly api: string
  /** `owner/name`. */
  readonly repository: string
  /** Gives the token; empty where there is none. */
  readonly token: () => Promise<string>
}

/** The part of GitHub's API that releases need. Nothing is repeated, nothing is remembered. */
export interface GitHubApi {
  readonly words: ReplyWords
  /** One request below the repository, or to a URL that GitHub gave. */
  send(method: string, path: string, content?: RequestContent): Promise<Reply>
  /** All releases that the token sees. Drafts are among them only where it may push: else `hidden`. */
  releases(): Promise<Looked<readonly ApiRelease[]>>
  /** What the repository's page says of the token: whether it may push. */
  mayPush(): Promise<Looked<boolean>>
}

/** Body of a request. */
export interface RequestContent {
  readonly type?: string
  readonly body?: string | Uint8Array
  readonly accept?: string
}

/** Releases a page; GitHub gives no more. */
const PAGE = 100

/** Speaks GitHub's REST API of one repository. */
export function createGitHubApi(ask: Ask, { api, repository, token }: GitHubPlace): GitHubApi {
  const words: ReplyWords = {
    target: "GitHub",
    credentials: "give a token with the permission contents: write",
    said: messageOf,
  }
  const base = `${api}/repos/${repository}`
  const send: GitHubApi["send"] = async (method, path, { type, body, accept } = {}) => {
    const secret = await token()
    return ask({
      method,
      url: path.startsWith("http") ? path : `${base}${path}`,
      headers: {
        accept: accept ?? "application/vnd.github+json",
        "x-github-api-version": "2022-11-28",
        "user-agent": "quillon",
        ...(secret === "" ? {} : { authorization: `Bearer ${secret}` }),
        ...(type === undefined ? {} : { "content-type": type }),
      },
      ...(body === undefined ? {} : { body }),
    })
  }
  const mayPush = async (): Promise<Looked<boolean>> => {
    const reply = await send("GET", "")
    const unseen = lookAt(reply, words)
    if (unseen !== undefined) return unseen
    const read = repositorySchema.safeParse(jsonOf(reply as Answered))
    if (!read.success) return unreadable(words)
    return { kind: "found", value: read.data.permissions?.push ?? false }
  }
  return {
    words,
    send,
    mayPush,
    async releases() {
      const all: ApiRelease[] = []
      for (let page = 1; ; page++) {
        const reply = await send("GET", `/releases?per_page=${PAGE}&page=${page}`)
        const unseen = lookAt(reply, words)
        if (unseen !== undefined) return unseen
        const read = z.array(releaseSchema).safeParse(jsonOf(reply as Answered))
        if (!read.success) return unreadable(words)
        all.push(...read.data)
        if (read.data.length < PAGE) break
      }
      const permission = await mayPush()
      if (permission.kind !== "found") return permission
      if (!permission.value)
        return { kind: "hidden", why: "GitHub shows drafts only to who may push to the repository" }
      return { kind: "found", value: all }
    },
  }
}

/** Why a look shows nothing. GitHub says 404 to those who may not know of a repository. */
function lookAt(reply: Reply, words: ReplyWords): Unseen | undefined {
  const unseen = unseenOf(reply, words)
  if (unseen !== undefined || reply.kind === "silent") return unseen
  return reply.status === 200 ? undefined : { kind: "hidden", why: saying(reply, words) }
}

function unreadable({ target }: ReplyWords): Unseen {
  return { kind: "unreachable", why: `${target} answered what is no answer of its API` }
}

/** GitHub's own words: the message, and the errors of fields. */
function messageOf(reply: Answered): string {
  const read = z
    .object({
      message: z.string(),
      errors: z
        .array(z.object({ code: z.string(), field: z.string().optional(), message: z.string().optional() }))
        .optional(),
    })
    .safeParse(jsonOf(reply))
  if (!read.success) return ""
  const errors = (read.data.errors ?? []).map(({ code, field = "", message }) => message ?? `${field} ${code}`.trim())
  return [read.data.message, ...errors].join(", ").replaceAll(/\s+/g, " ")
}
