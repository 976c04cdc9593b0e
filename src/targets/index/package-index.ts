import { type Answered, type Ask, type Reply, textOf } from "../http/exchange.js"
import { type ReplyWords, saying, unseenOf, writtenOf } from "../http/read-reply.js"
import { sha256Of } from "../http/sha256.js"
import type { IndexFile, IndexVersion, PackageIndex } from "../ports/package-index.js"
import type { Found, Sight } from "../ports/sight.js"
import type { Target, Trouble } from "../ports/target.js"
import type { Refused, Written } from "../ports/written.js"
import type { IndexEndpoints } from "./endpoints.js"
import { type LinkedFile, readSimplePage } from "./simple-page.js"
import type { Minted, Unminted } from "./trusted-publishing.js"

/** What the client of a package index is made with. */
export interface PackageIndexOptions {
  readonly ask: Ask
  readonly endpoints: IndexEndpoints
  /** The token of an upload: one that was given, or one that was exchanged for it. Asked for before each upload. */
  readonly token: () => Promise<Minted>
  /** What stands against a token, where finding out by asking for one would use it up. */
  readonly foresee?: () => Promise<Unminted | undefined>
  /** Sends one file, in one request. */
  readonly upload: (file: IndexFile, token: string) => Promise<Reply>
  /** Installs a version by hash from the pages, and imports it. */
  readonly install: (version: IndexVersion) => Promise<InstallOutcome>
}

/** What came of trying an install. */
export type InstallOutcome =
  | { readonly kind: "installed" }
  | { readonly kind: "failed"; readonly why: string }
  | { readonly kind: "unreachable"; readonly why: string }

/** Seconds for which pages may lag behind an upload. */
const LAG = 300

/** A package index with simple pages and the legacy upload. */
export function createPackageIndex(options: PackageIndexOptions): PackageIndex {
  const { ask, endpoints } = options
  const words: ReplyWords = {
    target: endpoints.name,
    credentials: `give a token that may upload to ${endpoints.name}`,
    said: reasonOf,
  }
  const page = (project: string) =>
    readSimplePage(ask, `${endpoints.simple.fromHere}${project.toLowerCase().replaceAll(/[-_.]+/g, "-")}/`, words)
  return {
    name: endpoints.name,
    check: (wish) => check({ ...options, page, words }, wish),
    files: createFiles({ ...options, page, words }),
    install: createInstall({ ...options, page, words }),
  }
}

interface Parts extends PackageIndexOptions {
  readonly words: ReplyWords
  page(project: string): Promise<Found<readonly LinkedFile[]>>
}

function createFiles(parts: Parts): Target<IndexFile> {
  const { ask, endpoints, words } = parts
  const link = ({ project, version }: IndexFile) => endpoints.page(project, version)
  const probe = async (wish: IndexFile): Promise<Sight> => {
    const found = await findFile(parts, wish)
    if (found.kind !== "found") return found
    const { sha256 } = found.value
    return sha256 === wish.sha256
      ? { kind: "identical", link: link(wish) }
      : { kind: "different", detail: `${wish.name} has sha256:${sha256 ?? "none"}, not sha256:${wish.sha256}` }
  }
  return {
    settleSeconds: LAG,
    probe,
    async verify(wish) {
      const found = await findFile(parts, wish)
      if (found.kind !== "found") return found
      const reply = await ask({ url: found.value.url })
      const unseen = unseenOf(reply, words)
      if (unseen !== undefined || reply.kind === "silent") return unseen ?? { kind: "unreachable", why: words.target }
      if (reply.status !== 200) return { kind: "unreachable", why: saying(reply, words) }
      const sha256 = await sha256Of(reply.body)
      return sha256 === wish.sha256
        ? { kind: "identical", link: link(wish) }
        : { kind: "different", detail: `the bytes of ${wish.name} have sha256:${sha256}` }
    },
    async apply(wish) {
      const minted = await parts.token()
      if (minted.kind !== "token") return withoutToken(minted)
      const reply = await parts.upload(wish, minted.token)
      if (reply.kind === "answered" && reply.status >= 200 && reply.status < 300) {
        const digest = `sha256:${wish.sha256}`
        return { kind: "done", receipt: { what: wish.name, where: endpoints.name, digest, link: link(wish) } }
      }
      return refusalOf(reply, words)
    },
  }
}

async function findFile(parts: Parts, { project, name }: IndexFile): Promise<Found<LinkedFile>> {
  const page = await parts.page(project)
  if (page.kind !== "found") return page
  const file = page.value.find((each) => each.name === name)
  return file === undefined ? { kind: "absent" } : { kind: "found", value: file }
}

/** PyPI says with 400 both that other bytes stand there and that the name can never be used again. */
function refusalOf(reply: Reply, words: ReplyWords): Written {
  const known = writtenOf(reply, words)
  if (known !== undefined || reply.kind === "silent") return known ?? { kind: "lost", why: words.target }
  const detail = saying(reply, words)
  if (/already been used/i.test(detail)) return { kind: "refused", reason: { kind: "burnt", detail } }
  if (reply.status === 409 || /already exists/i.test(detail)) {
    return { kind: "refused", reason: { kind: "conflict", detail } }
  }
  return { kind: "refused", reason: { kind: "invalid", why: detail, next: "twine check tells more about the file" } }
}

function withoutToken(minted: Unminted): Refused {
  const { kind, why } = minted
  return kind === "refused"
    ? { kind: "refused", reason: { kind: "denied", why, next: minted.next } }
    : { kind: "refused", reason: { kind: "unavailable", why } }
}

function createInstall(parts: Parts): Target<IndexVersion> {
  const tried = new Map<string, Sight>()
  const keyOf = (wish: IndexVersion) => JSON.stringify(wish)
  const probe = async (wish: IndexVersion): Promise<Sight> => tried.get(keyOf(wish)) ?? { kind: "absent" }
  return {
    settleSeconds: 0,
    probe,
    verify: probe,
    async apply(wish) {
      const page = await parts.page(wish.project)
      if (page.kind === "hidden" || page.kind === "unreachable") {
        return { kind: "refused", reason: { kind: "unavailable", why: page.why } }
      }
      const shown = page.kind === "found" ? page.value : []
      const missing = wish.files.find(({ name }) => !shown.some((file) => file.name === name))
      if (missing !== undefined)
        return { kind: "waiting", until: `the pages of ${parts.endpoints.name} show ${missing.name}` }
      const outcome = await parts.install(wish)
      if (outcome.kind === "unreachable") return { kind: "refused", reason: { kind: "unavailable", why: outcome.why } }
      if (outcome.kind === "failed") {
        const next = "pip install it by hand: what its users see is what failed"
        return { kind: "refused", reason: { kind: "invalid", why: outcome.why, next } }
      }
      tried.set(keyOf(wish), { kind: "identical", link: parts.endpoints.page(wish.project, wish.version) })
      return {
        kind: "done",
        receipt: { what: `${wish.project} ${wish.version} installed`, where: parts.endpoints.name },
      }
    },
  }
}

/** An index tells only at the upload who may upload; what can be seen before is whether it answers and what it has. */
async function check(
  { page, endpoints, token, foresee, words }: Parts,
  { project, version }: { readonly project: string; readonly version: string },
): Promise<readonly Trouble[]> {
  const target = endpoints.name
  const [shown, minted] = await Promise.all([page(project), foresee === undefined ? token() : foresee()])
  const troubles: Trouble[] = []
  if (minted?.kind === "refused") troubles.push({ target, what: minted.why, next: minted.next, kind: "wrong" })
  if (minted?.kind === "unavailable") {
    troubles.push({ target, what: minted.why, next: "try again later", kind: "unseen" })
  }
  if (shown.kind === "hidden" || shown.kind === "unreachable") {
    troubles.push({ target, what: shown.why, next: words.credentials, kind: "unseen" })
  }
  const files = shown.kind === "found" ? shown.value.filter(({ name }) => name.includes(`-${version}`)) : []
  if (files.length > 0) {
    const what = `${files[0]?.name} is there already`
    troubles.push({ target, what, next: "other bytes will be refused", kind: "remark" })
  }
  return troubles
}

/** PyPI's reason: the title of the page that it answers with; else the first line. */
function reasonOf(reply: Answered): string {
  const text = textOf(reply)
  const title = /<title>(?:\d{3}\s+)?([^<]*)<\/title>/i.exec(text)?.[1]
  return (title ?? text.split("\n")[0] ?? "").trim().slice(0, 300)
}
