import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createDescription } from "../../../rehearsal/github/description.js"
import { type GitHubServer, openGitHub } from "../../../rehearsal/github/github-server.js"
import { listen } from "../../../rehearsal/http/listen.js"

/** An answer of the API, read. */
export interface ApiAnswer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: what the API says is what the tests are about
  readonly body: any
  readonly headers: Headers
}

/** A GitHub API for one test. */
export interface TestApi {
  readonly server: GitHubServer
  /** Tags of the repository, as `name → commit`. */
  readonly tags: Map<string, string>
  ask(method: string, path: string, options?: AskOptions): Promise<ApiAnswer>
  upload(release: number, name: string, bytes?: string): Promise<ApiAnswer>
  close(): Promise<void>
}

/** How the API is asked. */
export interface AskOptions {
  readonly body?: unknown
  /** `writer` when absent; null for nobody. */
  readonly token?: string | null
  readonly headers?: Readonly<Record<string, string>>
}

const description = createDescription()

/** Starts an API for `owner/project` with the tokens `writer` and `reader`. */
export async function startApi(options: { readonly isPrivate?: boolean } = {}): Promise<TestApi> {
  const folder = mkdtempSync(join(tmpdir(), "quillon-github-"))
  const tags = new Map<string, string>()
  let uploadsPort = 0
  const server = openGitHub({
    folder,
    repository: "owner/project",
    description,
    ...options,
    tags: {
      has: async (tag) => tags.has(tag),
      async create(tag, target) {
        if (target !== "main") return false
        tags.set(tag, target)
        return true
      },
    },
    tokens: { writer: "write", reader: "read" },
    now: () => Date.UTC(2026, 0, 2, 3, 4, 5),
    uploads: () => `http://127.0.0.1:${uploadsPort}`,
  })
  const [api, uploads] = await Promise.all([listen(server.api), listen(server.uploads)])
  uploadsPort = uploads.port
  const send = async (url: string, init: RequestInit): Promise<ApiAnswer> => {
    const answer = await fetch(url, init)
    const text = await answer.text()
    const isJson = answer.headers.get("content-type")?.startsWith("application/json") ?? false
    return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text }
  }
  return {
    server,
    tags,
    ask: (method, path, { body, token = "writer", headers = {} } = {}) =>
      send(`http://127.0.0.1:${api.port}/repos/owner/project${path}`, {
        method,
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    upload: (release, name, bytes = "bytes") =>
      send(
        `http://127.0.0.1:${uploads.port}/repos/owner/project/releases/${release}/assets?name=${encodeURIComponent(name)}`,
        {
          method: "POST",
          headers: { authorization: "Bearer writer", "content-type": "application/octet-stream" },
          body: bytes,
        },
      ),
    async close() {
      await Promise.all([api.close(), uploads.close()])
      rmSync(folder, { recursive: true })
    },
  }
}
