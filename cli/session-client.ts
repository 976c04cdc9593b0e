import { Client, Context, GraphQLClient } from "@dagger.io/dagger"
import type { Session } from "./session.js"

/** A client of one session, and how often it asked the engine. */
export interface SessionClient {
  readonly dag: Client
  /** Asks the engine who it is, once. */
  describeEngine(): Promise<EngineFacts>
  /** Queries sent so far. */
  roundTrips(): number
}

/** What an engine says of itself. */
export interface EngineFacts {
  readonly version: string
  /** Of its containers, e.g. `linux/amd64`. */
  readonly platform: string
}

/** What {@link connectTo} can be told besides the session. */
export interface ConnectOptions {
  /** Ends all queries at once when it is aborted, but for exports: what cells left can still be kept. */
  readonly signal?: AbortSignal
}

/** A query for the id of a lazy object, which the SDK sends for each object that is an argument. */
const ASKS_FOR_ID = /\bid\s*(?:\}\s*)+$/

/** A query that writes to this machine. */
const EXPORTS = /\bexport\s*\(\s*path:[^{}]*\}/

/**
 * Connects to a session without touching the SDK's global client or the process's environment.
 * The id of a lazy object says how it is made, so it is asked for once: that halves the queries of a run.
 */
export function connectTo(session: Pick<Session, "port" | "token">, options: ConnectOptions = {}): SessionClient {
  const { signal } = options
  const ids = new Map<string, Promise<unknown>>()
  const url = `http://127.0.0.1:${session.port}/query`
  const headers = { Authorization: authorization(session.token) }
  const lasting = new GraphQLClient(url, { headers })
  const abortable = signal === undefined ? lasting : new GraphQLClient(url, { headers, signal })
  let count = 0
  const ask = (query: string): Promise<unknown> => {
    count += 1
    return (EXPORTS.test(query) ? lasting : abortable).request(query)
  }
  const askOnce = (query: string): Promise<unknown> => {
    const known = ids.get(query)
    if (known !== undefined) return known
    const answer = ask(query)
    ids.set(query, answer)
    // What failed may succeed the next time.
    answer.catch(() => ids.delete(query))
    return answer
  }
  const counted = { request: (query: string) => (ASKS_FOR_ID.test(query) ? askOnce(query) : ask(query)) }
  const connection = { getGQLClient: () => counted } as unknown as ConstructorParameters<typeof Context>[1]
  const describeEngine = async (): Promise<EngineFacts> => {
    const { version, defaultPlatform } = (await ask("{ version defaultPlatform }")) as Record<string, string>
    return { version: version ?? "", platform: defaultPlatform ?? "" }
  }
  return { dag: new Client(new Context([], connection)), describeEngine, roundTrips: () => count }
}

/** The header that a session asks for: its token as user name. */
export function authorization(token: string): string {
  return `Basic ${Buffer.from(`${token}:`).toString("base64")}`
}
