import { Client, Context, GraphQLClient } from "@dagger.io/dagger"
import type { Session } from "./session.js"

/** A client of one session, and how often it asked the engine. */
export interface SessionClient {
  readonly dag: Client
  /** Queries sent so far. */
  roundTrips(): number
}

/**
 * Connects to a session without touching the SDK's global client or the process's environment.
 * An aborted signal ends all queries at once.
 */
export function connectTo(session: Pick<Session, "port" | "token">, signal?: AbortSignal): SessionClient {
  const client = new GraphQLClient(`http://127.0.0.1:${session.port}/query`, {
    headers: { Authorization: authorization(session.token) },
    ...(signal === undefined ? {} : { signal }),
  })
  let count = 0
  const counted = {
    request(query: string) {
      count += 1
      return client.request(query)
    },
  }
  const connection = { getGQLClient: () => counted } as unknown as ConstructorParameters<typeof Context>[1]
  return { dag: new Client(new Context([], connection)), roundTrips: () => count }
}

/** The header that a session asks for: its token as user name. */
export function authorization(token: string): string {
  return `Basic ${Buffer.from(`${token}:`).toString("base64")}`
}
