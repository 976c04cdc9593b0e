import type { Client, Container, File } from "@dagger.io/dagger"
import { z } from "zod"
import { UPLOAD_FILE_PY } from "../assets.js"
import type { Reply } from "../http/exchange.js"
import type { IndexFile } from "../ports/package-index.js"

/** What uploads in a container need. */
export interface ContainerUploadOptions {
  readonly dag: Client
  /** Has twine in the Python that is first on PATH; reaches the index. */
  readonly container: Container
  /** Address of the legacy upload, seen from the container. */
  readonly url: string
  /** The bytes of a file by their SHA-256. */
  readonly file: (sha256: string) => File
  /** A value that was never given before. */
  readonly nonce: () => string
}

const CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
const RESULT = "/tmp/result.json"

const resultSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("silent"), unsent: z.boolean(), why: z.string() }),
  z.object({
    kind: z.literal("answered"),
    status: z.number(),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
  }),
])

/** Sends a file from a container: an effect, in one request. The token is a secret of the engine, in no argument. */
export function createContainerUpload(
  options: ContainerUploadOptions,
): (file: IndexFile, token: string) => Promise<Reply> {
  const { dag, container, url, file, nonce } = options
  return async ({ name, sha256 }, token) => {
    const unique = nonce()
    const path = `/tmp/dist/${name}`
    const text = await container
      .withNewFile("/tmp/upload_file.py", UPLOAD_FILE_PY)
      .withMountedFile(path, file(sha256))
      .withSecretVariable("QUILLON_INDEX_TOKEN", dag.setSecret(`quillon-index-token-${unique}`, token))
      .withEnvVariable("REQUESTS_CA_BUNDLE", CERTIFICATES)
      .withEnvVariable("QUILLON_NONCE", unique)
      .withExec(["python", "-I", "/tmp/upload_file.py", url, path, RESULT])
      .file(RESULT)
      .contents()
    const result = resultSchema.parse(JSON.parse(text))
    if (result.kind === "silent") return result
    return { ...result, headers: new Headers(result.headers), body: new TextEncoder().encode(result.body) }
  }
}
