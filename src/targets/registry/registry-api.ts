import { z } from "zod"
import { type Answered, type Ask, jsonOf, type Reply, type RequestWish } from "../http/exchange.js"
import type { ReplyWords } from "../http/read-reply.js"

/** A repository of a registry, and who asks. */
export interface RegistryPlace {
  /** As in the plan, e.g. `ghcr.io/owner/name`. */
  readonly name: string
  /** Scheme and host, e.g. `https://ghcr.io`. */
  readonly base: string
  /** Path of the repository, e.g. `owner/name`. */
  readonly repository: string
  /** Gives user name and password; undefined for nobody. */
  readonly credentials: () => Promise<{ readonly user: string; readonly password: string } | undefined>
}

/** One repository by the distribution protocol. */
export interface RegistryApi {
  readonly words: ReplyWords
  /** A request below the repository, or to an address that the registry gave. */
  send(path: string, wish?: Omit<RequestWish, "url">): Promise<Reply>
  /** Whether the registry lets us in to pull and push, as far as it tells without a push. */
  enter(): Promise<Reply>
}

/** Where the image repository of a reference is. Docker Hub has another host than name, and a folder for its own. */
export function placeOf(reference: string): Pick<RegistryPlace, "name" | "base" | "repository"> {
  const [host = "", ...path] = reference.split("/")
  const isHost = path.length > 0 && (/[.:]/.test(host) || host === "localhost")
  if (isHost && host !== "docker.io") return { name: reference, base: `https://${host}`, repository: path.join("/") }
  const parts = isHost ? path : [host, ...path]
  const repository = parts.length === 1 ? `library/${parts[0]}` : parts.join("/")
  return { name: reference, base: "https://registry-1.docker.io", repository }
}

/** Speaks the distribution protocol, with the authentication that the registry asks for. */
export function createRegistryApi(ask: Ask, place: RegistryPlace): RegistryApi {
  const { name, base, repository, credentials } = place
  let header: string | undefined
  const words: ReplyWords = {
    target: name,
    credentials: `docker login ${name.split("/")[0]} with a token that may push there`,
    said: messageOf,
  }
  const once = (url: string, wish: Omit<RequestWish, "url">): Promise<Reply> =>
    ask({
      ...wish,
      url,
      headers: {
        "user-agent": "quillon",
        ...wish.headers,
        // An address elsewhere carries its own permission, and is not told ours.
        ...(header === undefined || new URL(url).origin !== new URL(base).origin ? {} : { authorization: header }),
      },
    })
  /** 401 says that nothing was done, so the request may be sent again with what the registry asked for. */
  const send = async (url: string, wish: Omit<RequestWish, "url">): Promise<Reply> => {
    const reply = await once(url, wish)
    if (reply.kind === "silent" || reply.status !== 401) return reply
    const granted = await authorise(ask, {
      challenge: reply.headers.get("www-authenticate") ?? "",
      repository,
      credentials,
    })
    if (granted === undefined) return reply
    header = granted
    return once(url, wish)
  }
  return {
    words,
    send: (path, wish = {}) => send(new URL(path, `${base}/v2/${repository}/`).href, wish),
    enter: () => send(`${base}/v2/`, {}),
  }
}

interface Challenge extends Pick<RegistryPlace, "repository" | "credentials"> {
  readonly challenge: string
}

/** The header that a challenge asks for (RFC 7617, and the registry's token protocol); undefined where there is none. */
async function authorise(ask: Ask, { challenge, repository, credentials }: Challenge): Promise<string | undefined> {
  const known = await credentials()
  const basic =
    known === undefined ? undefined : `Basic ${Buffer.from(`${known.user}:${known.password}`).toString("base64")}`
  if (/^basic\b/i.test(challenge)) return basic
  const fields = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]),
  )
  const { realm, service } = fields
  if (!/^bearer\b/i.test(challenge) || realm === undefined) return undefined
  const url = new URL(realm)
  if (service !== undefined) url.searchParams.set("service", service)
  url.searchParams.set("scope", `repository:${repository}:${known === undefined ? "pull" : "pull,push"}`)
  const reply = await ask({ url: url.href, headers: basic === undefined ? {} : { authorization: basic } })
  if (reply.kind === "silent" || reply.status !== 200) return undefined
  const read = z.object({ token: z.string().optional(), access_token: z.string().optional() }).safeParse(jsonOf(reply))
  const token = read.data?.token ?? read.data?.access_token
  return token === undefined ? undefined : `Bearer ${token}`
}

const errorsSchema = z.object({
  errors: z.array(z.object({ code: z.string(), message: z.string().optional(), detail: z.unknown() })).min(1),
})

/** What a disk said to the registry: Go's error with the kernel's number, with or without the storage driver's around it. */
const diskSchema = z.union([
  z.object({ Err: z.number() }),
  z.object({ Enclosed: z.object({ Err: z.number() }) }).transform(({ Enclosed }) => Enclosed),
])

/** The kernel's number of "No space left on device" (errno(3), Linux). */
const ENOSPC = 28

/** The registry's own words: code and message of its first error; a full disk has none of its own. */
function messageOf(reply: Answered): string {
  const error = errorsSchema.safeParse(jsonOf(reply)).data?.errors[0]
  if (error === undefined) return ""
  const isFull = diskSchema.safeParse(error.detail).data?.Err === ENOSPC
  return isFull ? `${error.code} its disk is full` : `${error.code} ${error.message ?? ""}`.trim()
}
