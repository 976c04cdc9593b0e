import { spawn } from "node:child_process"
import type { Answer, Call } from "../http/exchange.js"

/** One call of git's own HTTP server program. */
export interface BackendCall {
  /** Folder above the repositories. */
  readonly root: string
  /** Path below it, e.g. `/project.git/info/refs`. */
  readonly path: string
  /** Who was let in; without one git refuses to receive. */
  readonly user: string | undefined
  /** Search path for git. */
  readonly searchPath: string
}

/** Runs `git http-backend` as a CGI program (RFC 3875) for one call. @throws what starting it throws */
export function callHttpBackend(call: Call, { root, path, user, searchPath }: BackendCall): Promise<Answer> {
  const { "content-type": type, "content-encoding": encoding, "git-protocol": protocol } = call.headers
  const child = spawn("git", ["http-backend"], {
    cwd: root,
    stdio: ["pipe", "pipe", "pipe"],
    env: {
      PATH: searchPath,
      // Nothing of this machine's git configuration decides what the remote does.
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_PROJECT_ROOT: root,
      PATH_INFO: path,
      QUERY_STRING: call.query.toString(),
      REQUEST_METHOD: call.method,
      CONTENT_TYPE: type ?? "",
      CONTENT_LENGTH: `${call.body.length}`,
      HTTP_CONTENT_ENCODING: encoding ?? "",
      GIT_PROTOCOL: typeof protocol === "string" ? protocol : "",
      REMOTE_ADDR: "127.0.0.1",
      ...(user === undefined ? {} : { REMOTE_USER: user }),
    },
  })
  return new Promise((resolve, reject) => {
    const out: Buffer[] = []
    const complaints: Buffer[] = []
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk))
    child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk))
    child.once("error", reject)
    child.once("close", (code) => {
      const answer = readCgi(Buffer.concat(out))
      if (answer === undefined) reject(new Error(`git http-backend: ${Buffer.concat(complaints)} (code ${code})`))
      else resolve(answer)
    })
    child.stdin.on("error", () => {})
    child.stdin.end(call.body)
  })
}

/** Reads what a CGI program printed: header lines, an empty line, the body. */
function readCgi(output: Buffer): Answer | undefined {
  const end = output.indexOf("\r\n\r\n")
  if (end < 0) return undefined
  const lines = output.subarray(0, end).toString("latin1").split("\r\n")
  const pairs = lines.map((line): [string, string] => {
    const colon = line.indexOf(":")
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  const { status, ...headers } = Object.fromEntries(pairs)
  return { status: Number(status?.split(" ")[0] ?? 200), headers, body: output.subarray(end + 4) }
}
