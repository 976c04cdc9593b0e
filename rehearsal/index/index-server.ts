import type { Answer, Call, Handler } from "../http/exchange.js"
import { createQueue } from "../http/queue.js"
import type { Claims } from "../oidc/issuer.js"
import { createIdentities, type Identity } from "./identities.js"
import { type LedgerStore, normaliseName, openLedger } from "./ledger.js"
import { readLinks, renderPage } from "./pages.js"
import { createExchange, type TrustedPublisher } from "./trusted-publishing.js"
import { readUpload, type Upload } from "./upload.js"
import { judgeUpload } from "./upload-rules.js"

/** What a package index is made with. */
export interface IndexOptions {
  /** File of its ledger; what is in it is kept. */
  readonly ledger: string
  /** A server of packages that keeps the files and makes the pages: uploads at `/`, pages below `/simple/`. */
  readonly behind: Handler
  readonly tokens: Readonly<Record<string, Identity>>
  /** The audience of trusted publishing, e.g. `pypi`. */
  readonly audience: string
  readonly publishers: readonly TrustedPublisher[]
  readonly readClaims: (token: string) => Claims | undefined
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** A package index with PyPI's rules in front of a server that has none: uploads at `/legacy/`, pages at `/simple/`. */
export interface IndexServer {
  readonly handler: Handler
  /** Seconds by which pages lag behind uploads. */
  setLag(seconds: number): void
  /** Deletes a file as its owner would on the site: its name stays used. */
  remove(project: string, fileName: string): void
  /** Gives a project to somebody before anything was uploaded. */
  claim(project: string, owner: string): void
}

/** Opens an index; what its ledger and the server behind it hold is kept. */
export function openIndex(options: IndexOptions): IndexServer {
  const { now } = options
  const ledger = openLedger(options.ledger)
  const identities = createIdentities(options.tokens, now)
  const { audience, publishers, readClaims: read } = options
  const exchange = createExchange({ audience, publishers, read, identities, now })
  let lag = 0
  const inTurn = createQueue()
  const upload = inTurn(async (call) => {
    const file = await readUpload(call)
    if (file === undefined) return refuse(400, "Invalid upload: no file in the form.")
    const known = ledger.read()[normaliseName(file.project)]
    const who = identities.identify(call)
    const verdict = judgeUpload(file, known, who)
    if (verdict.kind === "refused") return refuse(verdict.status, verdict.why)
    if (verdict.kind === "same") return { status: 200, body: "" }
    const kept = await options.behind({ ...call, path: "/", target: "/", query: new URLSearchParams() })
    if (kept.status >= 300) return { status: 503, body: "the server behind refused the file" }
    note(ledger, file, { owner: who?.user ?? "", now: now() })
    return { status: 200, body: "" }
  })
  return {
    handler: async (call) => {
      const exchanged = exchange(call)
      if (exchanged !== undefined) return exchanged
      if (call.method === "POST" && call.path === "/legacy/") return upload(call)
      const project = /^\/simple\/([^/]+)\/$/.exec(call.path)?.[1]
      if (project !== undefined) return page(call, project)
      if (call.path.startsWith("/packages/")) return options.behind(call)
      return { status: 404, body: "404 Not Found" }
    },
    setLag(seconds) {
      lag = seconds
    },
    remove(project, fileName) {
      change(project, (file) => (file.name === fileName ? { ...file, deleted: true } : file))
    },
    claim: (project, owner) => ledger.write({ ...ledger.read(), [normaliseName(project)]: { owner, files: [] } }),
  }

  async function page(call: Call, name: string): Promise<Answer> {
    const project = normaliseName(name)
    const known = ledger.read()[project]?.files ?? []
    const shown = known.filter(({ deleted, uploaded }) => !deleted && uploaded + lag * 1000 <= now())
    if (shown.length === 0) return { status: 404, body: "404 Not Found" }
    const path = `/simple/${project}/`
    const { status, body = "" } = await options.behind({ ...call, path, target: path, headers: {}, method: "GET" })
    if (status !== 200) return { status: 503, body: "the server behind has no page" }
    const links = readLinks(Buffer.from(body as Uint8Array).toString("utf8"))
    const files = links.flatMap((link) => {
      const file = shown.find((each) => each.name === link.name)
      return file === undefined ? [] : [{ ...file, ...link }]
    })
    return renderPage(call, project, files)
  }

  function change(project: string, edit: (file: Ledger["files"][number]) => Ledger["files"][number]): void {
    const all = ledger.read()
    const known = all[normaliseName(project)]
    if (known === undefined) return
    ledger.write({ ...all, [normaliseName(project)]: { ...known, files: known.files.map(edit) } })
  }
}

type Ledger = ReturnType<LedgerStore["read"]>[string]

function note(ledger: LedgerStore, file: Upload, { owner, now }: { owner: string; now: number }): void {
  const name = normaliseName(file.project)
  const known = ledger.read()[name] ?? { owner, files: [] }
  const { fileName, sha256, bytes, requiresPython } = file
  const used = { name: fileName, sha256, size: bytes.length, uploaded: now, requiresPython, deleted: false }
  ledger.write({ ...ledger.read(), [name]: { ...known, files: [...known.files, used] } })
}

/** An error as PyPI gives it: the reason stands in the status line and, as a page, in the body. */
function refuse(status: number, why: string): Answer {
  const body = `<html><head><title>${status} ${why}</title></head><body><h1>${status} ${why}</h1></body></html>\n`
  return { status, reason: why, headers: { "content-type": "text/html; charset=utf-8" }, body }
}
