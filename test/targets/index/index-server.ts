import { createHash } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createFaults } from "../../../rehearsal/faults/fault.js"
import { withFaults } from "../../../rehearsal/faults/fault-proxy.js"
import { openRequestLog } from "../../../rehearsal/faults/request-log.js"
import { listen } from "../../../rehearsal/http/listen.js"
import { openIndex } from "../../../rehearsal/index/index-server.js"
import { createIssuer } from "../../../rehearsal/oidc/issuer.js"
import { createAsk } from "../../../src/targets/http/exchange.js"
import type { IndexEndpoints } from "../../../src/targets/index/endpoints.js"
import { createPackageIndex } from "../../../src/targets/index/package-index.js"
import type { IndexFile } from "../../../src/targets/ports/package-index.js"
import { createPlainServer } from "../../rehearsal/index/plain-server.js"
import { uploadHere } from "./upload-here.js"

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex")
const BYTES = ["the sdist", "another sdist"]

/** Two files of one name, with other bytes. */
export const [WISH, RIVAL] = BYTES.map((text) => ({
  project: "Engine",
  version: "1.3.0",
  name: "engine-1.3.0.tar.gz",
  kind: "sdist",
  sha256: sha256(text),
})) as unknown as readonly [IndexFile, IndexFile]

/** Token of the owner. */
export const TOKEN = "pypi-a-token-that-stands-nowhere"

/** Starts an index with PyPI's rules and a CI service that vouches for jobs of `me/engine`. */
export async function startIndex() {
  const folder = mkdtempSync(join(tmpdir(), "quillon-index-client-"))
  const faults = createFaults()
  const log = openRequestLog(join(folder, "requests.jsonl"), Date.now)
  const issuer = createIssuer({ requestToken: "job", repository: "me/engine", workflow: "release", now: Date.now })
  const index = openIndex({
    ledger: join(folder, "ledger.json"),
    behind: createPlainServer(),
    tokens: { [TOKEN]: { user: "me" } },
    audience: "pypi",
    publishers: [{ repository: "me/engine", workflow: "release", identity: { user: "me", project: "engine" } }],
    readClaims: issuer.read,
    now: Date.now,
  })
  const [server, ci] = await Promise.all([listen(withFaults(index.handler, { faults, log })), listen(issuer.handler)])
  const origin = `http://127.0.0.1:${server.port}`
  const ask = createAsk(fetch)
  const endpoints: IndexEndpoints = {
    name: "pypi",
    upload: `${origin}/legacy/`,
    simple: { fromHere: `${origin}/simple/`, fromEngine: "" },
    exchange: origin,
    page: (project, version) => `${origin}/project/${project}/${version}/`,
  }
  return {
    index,
    faults,
    log,
    ask,
    endpoints,
    ci: { url: `http://127.0.0.1:${ci.port}/token`, token: async () => "job" },
    client: (token: Parameters<typeof createPackageIndex>[0]["token"]) =>
      createPackageIndex({
        ask,
        endpoints,
        token,
        upload: uploadHere(ask, endpoints.upload, bytesOf),
        install: neverInstalled,
      }),
    async close() {
      await Promise.all([server.close(), ci.close()])
      rmSync(folder, { recursive: true })
    },
  }
}

async function neverInstalled(): Promise<never> {
  throw new Error("nothing is installed in this test")
}

function bytesOf(digest: string): string {
  return BYTES.find((text) => sha256(text) === digest) ?? ""
}
