import { bearerToken } from "../http/basic-auth.js"
import type { Answer, Call, Handler } from "../http/exchange.js"
import { createQueue } from "../http/queue.js"
import { ASSET_ROUTES, UPLOAD_ROUTES } from "./asset-routes.js"
import type { Description } from "./description.js"
import { type RateBudget, withLimits } from "./limits.js"
import { notFound, refuse } from "./refusal.js"
import { RELEASE_ROUTES } from "./release-routes.js"
import type { HostedTags, Route, Scene } from "./scene.js"
import { type ForgeState, openForgeStore } from "./state.js"

/** What a GitHub API is made with. */
export interface GitHubOptions {
  /** Folder of its state; what is in it is kept. */
  readonly folder: string
  /** `owner/name`. */
  readonly repository: string
  readonly isPrivate?: boolean
  readonly tags: HostedTags
  /** What each token may do. A token that is not among them is wrong or expired. */
  readonly tokens: Readonly<Record<string, "write" | "read">>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Scheme, host and port of the uploads host, for who reached the API by this origin. */
  readonly uploads: (api: string) => string
  /** Compiled before; when absent, it is compiled when the first request comes. */
  readonly description?: Description
}

/** Releases of one repository, with GitHub's rules. */
export interface GitHubServer {
  readonly api: Handler
  readonly uploads: Handler
  state(): ForgeState
  /** The repository's setting "immutable releases": releases that are published from now on can't be changed. */
  setImmutableReleases(setting: "on" | "off"): void
  /** Lets the next upload break off: it is answered 502 and leaves half an asset. */
  breakNextUpload(): void
  /** Limits requests; undefined lifts the limit. */
  setBudget(budget: RateBudget | undefined): void
  /** Requests and answers that broke GitHub's published description, one line each. */
  violations(): readonly string[]
}

/** Opens the API; its state is that of the folder. */
export function openGitHub(options: GitHubOptions): GitHubServer {
  const store = openForgeStore(options.folder)
  const violations: string[] = []
  let budget: RateBudget | undefined
  let broken = 0
  const parts: ServedParts = {
    options,
    store,
    breaksUpload: () => {
      if (broken === 0) return false
      broken -= 1
      return true
    },
  }
  const described = (routes: readonly Route[]) =>
    withDescription(serve(routes, parts), { violations, given: options.description })
  const inTurn = createQueue()
  return {
    api: withLimits(inTurn(described([...RELEASE_ROUTES, ...ASSET_ROUTES])), () => budget),
    uploads: inTurn(described(UPLOAD_ROUTES)),
    state: store.read,
    setImmutableReleases: (setting) => store.write({ ...store.read(), immutableReleases: setting === "on" }),
    breakNextUpload() {
      broken += 1
    },
    setBudget(next) {
      budget = next
    },
    violations: () => violations,
  }
}

interface ServedParts extends Pick<Scene, "store" | "breaksUpload"> {
  readonly options: GitHubOptions
}

function serve(routes: readonly Route[], parts: ServedParts): Handler {
  const { options, store } = parts
  const { repository, tokens, isPrivate = false } = options
  return async (call) => {
    const download = findDownload(call, parts)
    if (download !== undefined) return download
    const token = bearerToken(call.headers)
    const access = token === undefined ? undefined : tokens[token]
    if (token !== undefined && access === undefined) return refuse(401, "Bad credentials")
    const base = `/repos/${repository}`
    const below = call.path.slice(base.length)
    const isOurs = call.path.startsWith(base) && (below === "" || below.startsWith("/"))
    if (!isOurs || (isPrivate && access === undefined)) return notFound()
    const scene: Scene = {
      call,
      store,
      state: store.read(),
      tags: options.tags,
      place: { api: call.origin, uploads: options.uploads(call.origin), repository },
      permission: { push: access === "write", pull: true },
      isPrivate,
      who: access === undefined ? "" : access === "write" ? "writer" : "reader",
      now: new Date(options.now()).toISOString().replace(/\.\d+Z$/, "Z"),
      breaksUpload: parts.breaksUpload,
    }
    for (const { method, path, answer } of routes) {
      const match = method === call.method ? path.exec(below) : null
      if (match !== null) return answer(scene, match[1] ?? "")
    }
    return notFound()
  }
}

/** Bytes of assets: by digest where the API redirects to, and by name where a release's page links to. */
function findDownload(call: Call, { store, options }: ServedParts): Answer | undefined {
  const [, digest] = /^\/download\/([0-9a-f]{64})$/.exec(call.path) ?? []
  if (digest !== undefined) return { status: 200, body: store.bytes(digest) }
  const page = `/${options.repository}/releases/download/`
  if (!call.path.startsWith(page)) return undefined
  const [tag = "", name = ""] = call.path.slice(page.length).split(/\/(?=[^/]*$)/)
  const release = store.read().releases.find((each) => !each.draft && each.tag === decodeURIComponent(tag))
  const asset = release?.assets.find((each) => each.name === decodeURIComponent(name))
  return asset === undefined ? notFound() : { status: 200, body: store.bytes(asset.sha256) }
}

interface Described {
  readonly violations: string[]
  readonly given: Description | undefined
}

/** Holds requests and answers to GitHub's description. What breaks it is refused, and kept for the tests to see. */
function withDescription(behind: Handler, { violations, given }: Described): Handler {
  let loading = given === undefined ? undefined : Promise.resolve(given)
  return async (call) => {
    loading ??= import("./description.js").then(({ createDescription }) => createDescription())
    const description = await loading
    const note = (faults: readonly string[]) =>
      void violations.push(...faults.map((fault) => `${call.method} ${call.path}: ${fault}`))
    const faults = description.faultsOfCall(call) ?? []
    note(faults)
    if (faults.length > 0) return refuse(422, `Invalid request.\n\n${faults.join("\n")}`)
    const answer = await behind(call)
    if (answer.status !== 502) note(description.faultsOfAnswer(call, answer))
    return answer
  }
}
