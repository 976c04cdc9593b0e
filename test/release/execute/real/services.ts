import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { build } from "esbuild"
import { execa } from "execa"
import { createFaults, type Faults } from "../../../../rehearsal/faults/fault.js"
import { withFaults } from "../../../../rehearsal/faults/fault-proxy.js"
import { openRequestLog, type RequestLog } from "../../../../rehearsal/faults/request-log.js"
import { tagsOf } from "../../../../rehearsal/git/hosted-tags.js"
import { createDescription } from "../../../../rehearsal/github/description.js"
import { openGitHub } from "../../../../rehearsal/github/github-server.js"
import type { Handler } from "../../../../rehearsal/http/exchange.js"
import { listen } from "../../../../rehearsal/http/listen.js"
import { openIndex } from "../../../../rehearsal/index/index-server.js"
import type { ReleasePlan } from "../../../../src/release/plan/schema.js"
import { createPlainServer } from "../../../rehearsal/index/plain-server.js"
import { wishOf } from "../../../targets/git/git-machine.js"
import { startGitServer, TOKENS } from "../../../targets/git/git-server.js"
import { planOf } from "../rig.js"
import type { CarryOutAnswer, CarryOutOrder } from "./order.js"

const ROOT = join(import.meta.dirname, "../../../..")
const TOKEN = "pypi-a-token-that-stands-nowhere"
const REPOSITORY = "ada/engine"
const description = createDescription()

/** A server behind its proxy. */
export interface Fronted {
  readonly faults: Faults
  readonly log: Pick<RequestLog, "read">
  readonly origin: string
}

/** The program that is killed, bundled once. */
export async function bundleProgram(): Promise<string> {
  const outfile = join(ROOT, "node_modules/.cache/carry-out", `${process.pid}.mjs`)
  const entryPoints = [join(import.meta.dirname, "carry-out.ts")]
  const program = JSON.stringify(join(ROOT, "test/targets/git"))
  await build({
    entryPoints,
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    // `host-git.ts` finds the git program beside its own source.
    define: { "import.meta.dirname": program },
  })
  return outfile
}

/** The servers of a release: git, an index and GitHub's API, each behind a proxy that logs and holds requests. */
export async function startServices() {
  const git = await startGitServer()
  const folder = mkdtempSync(join(tmpdir(), "quillon-release-"))
  const front = async (name: string, handler: Handler) => {
    const faults = createFaults()
    const log = openRequestLog(join(folder, `${name}.jsonl`), Date.now)
    const server = await listen(withFaults(handler, { faults, log }))
    return { faults, log, origin: `http://127.0.0.1:${server.port}`, server }
  }
  const index = openIndex({
    ledger: join(folder, "ledger.json"),
    behind: createPlainServer(),
    tokens: { [TOKEN]: { user: "ada" } },
    audience: "pypi",
    publishers: [],
    readClaims: () => undefined,
    now: Date.now,
  })
  let uploadsOrigin = ""
  const github = openGitHub({
    folder: join(folder, "github"),
    repository: REPOSITORY,
    tags: tagsOf(git.remote),
    tokens: { [TOKEN]: "write" },
    now: Date.now,
    description,
    uploads: () => uploadsOrigin,
  })
  const [pypi, api, uploads] = await Promise.all([
    front("pypi", index.handler),
    front("github", github.api),
    front("uploads", github.uploads),
  ])
  uploadsOrigin = uploads.origin
  await git.remote.git(["-C", git.remote.repository, "config", "core.logAllRefUpdates", "always"])
  const plan: ReleasePlan = { ...(await planOf({})), head: git.base, edits: [...wishOf(git).edits] }
  const gitUrl = `http://127.0.0.1:${git.port}${git.remote.path}`
  let machines = 0

  function start(program: string, kind: CarryOutOrder["kind"], more: Partial<CarryOutOrder>) {
    const machine = join(folder, `machine-${machines++}`)
    const order: CarryOutOrder = {
      folder: machine,
      plan,
      kind,
      git: { url: gitUrl, token: Object.keys(TOKENS)[0] ?? "" },
      index: { origin: pypi.origin, token: TOKEN },
      github: { api: api.origin, repository: REPOSITORY, token: TOKEN },
      ...more,
    }
    writeFileSync(`${machine}.json`, JSON.stringify(order))
    return execa(process.execPath, ["--enable-source-maps", program, `${machine}.json`], { reject: false })
  }

  return {
    git,
    pypi,
    api,
    uploads,
    github,
    plan,
    /** Runs the program on a machine that was never used. */
    release: async (program: string, kind: CarryOutOrder["kind"], more: Partial<Pick<CarryOutOrder, "plan">> = {}) =>
      start(program, kind, more),
    /** Starts the program on a machine that was never used; it waits before the step. */
    async spawn(program: string, kind: CarryOutOrder["kind"], pauseAt: string) {
      const running = start(program, kind, { pauseAt })
      const paused = new Promise<void>((resolve) => running.stdout?.once("data", () => resolve()))
      const ended = running.then((result) =>
        Promise.reject(new Error(`it ended by itself: ${JSON.stringify(endOf(result))}`)),
      )
      ended.catch(() => {})
      return { running, paused, ended, carryOn: () => void running.stdin?.write("\n") }
    },
    async close() {
      for (const { faults } of [pypi, api, uploads]) faults.clear()
      await Promise.all([git.close(), ...[pypi, api, uploads].map(({ server }) => server.close())])
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** The servers of a release. */
export type Services = Awaited<ReturnType<typeof startServices>>

/** How the program says that a release ended. */
export function endOf({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): CarryOutAnswer {
  const line = stdout.trim().split("\n").at(-1) ?? ""
  try {
    return JSON.parse(line) as CarryOutAnswer
  } catch {
    throw new Error(`the program said no end: ${stdout}\n${stderr}`)
  }
}

/** Everything that readers see, less what differs between two releases of the same plan. */
export async function seenBy({ git, pypi, github }: Services) {
  const refs = (await git.remote.git(["for-each-ref", "--format=%(refname)"])).split("\n")
  const page = await fetch(`${pypi.origin}/simple/engine/`)
  return {
    refs,
    version: await git.remote.git(["show", "main:VERSION"]),
    commits: await git.remote.git(["rev-list", "--count", "main"]),
    tagged: (await git.remote.git(["rev-parse", "v1.3.0^{commit}"])) === (await git.remote.git(["rev-parse", "main"])),
    files: [...(await page.text()).matchAll(/#sha256=(\w+)"[^>]*>([^<]+)</g)].map(([, sha256, name]) => [name, sha256]),
    pages: github.state().releases.map(({ tag, draft, assets }) => ({
      tag,
      draft,
      assets: assets.map(({ name, sha256 }) => [name, sha256]).sort(),
    })),
  }
}

/** Writes that reached a server and that it took, each by what it wrote. */
export async function writesOf({ git, pypi, api, uploads }: Services): Promise<readonly string[]> {
  const reached = (name: string, { log }: Pick<Fronted, "log">) =>
    log
      .read()
      .filter(
        ({ method, forwarded, status = 500 }) => method !== "GET" && method !== "HEAD" && forwarded && status < 300,
      )
      .map(({ method, target, sha256 = "" }) => `${name} ${method} ${target} ${name === "pypi" ? sha256 : ""}`)
  const moves = async (ref: string) =>
    (await readFile(join(git.remote.repository, "logs", ref), "utf8").catch(() => ""))
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => `git ${ref} ${line.split(" ")[1]}`)
  return [
    ...reached("pypi", pypi),
    ...reached("github", api),
    ...reached("uploads", uploads),
    ...(await moves("refs/heads/main")),
    ...(await moves("refs/tags/v1.3.0")),
  ]
}
