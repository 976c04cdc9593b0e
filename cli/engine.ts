import type { Client } from "@dagger.io/dagger"
import { type EngineWish, findEngineAccess } from "./engine-access.js"
import { refuseOldEngine } from "./engine-age.js"
import type { Io } from "./io.js"
import type { LogNews } from "./log-lines.js"
import { heldSession, openSession, type Session } from "./session.js"
import { connectTo } from "./session-client.js"
import { listenToLogs, listenToSpans, type TelemetryStream } from "./span-stream.js"
import type { SpanNews } from "./spans.js"

/** An engine with an open session. */
export interface Engine {
  readonly dag: Client
  readonly host: string
  readonly version: string
  /** Of its containers, e.g. `linux/amd64`. */
  readonly platform: string
  /** Queries sent so far. */
  roundTrips(): number
  /** What the engine says of its work, from the beginning of the session. */
  onSpans(listener: (batch: readonly SpanNews[]) => void): void
  /** What the steps print, from the beginning of the session. */
  onLogs(listener: (batch: readonly LogNews[]) => void): void
  /** Ends the session and its process. */
  close(): Promise<void>
}

/** Finds an engine and opens a session with it. @throws QuillonError NO_ENGINE, ENGINE_UNREACHABLE, OLD_ENGINE */
export async function openEngine(io: Io, wish: EngineWish): Promise<Engine> {
  const { signal } = wish
  const { session, host } = await openAnySession(io, wish)
  const listeners: ((batch: readonly SpanNews[]) => void)[] = []
  const spans = listenToSpans(session, (batch) => {
    for (const listener of listeners) listener(batch)
  })
  const logs: TelemetryStream[] = []
  const client = connectTo(session, { signal })
  const { version, platform } = await client.describeEngine()
  await acceptEngine(session, { version, host })
  return {
    dag: client.dag,
    host,
    version,
    platform,
    roundTrips: client.roundTrips,
    onSpans: (listener) => void listeners.push(listener),
    onLogs: (listener) => void logs.push(listenToLogs(session, listener)),
    async close() {
      spans.close()
      for (const stream of logs) stream.close()
      await session.close()
    },
  }
}

/** A session with an engine that is refused ends, or this process would not. */
async function acceptEngine(session: Session, engine: Pick<Engine, "version" | "host">): Promise<void> {
  try {
    refuseOldEngine(engine)
  } catch (error) {
    await session.close()
    throw error
  }
}

async function openAnySession(io: Io, wish: EngineWish): Promise<{ session: Session; host: string }> {
  const held = heldSession(io.env)
  if (held !== undefined) return { session: held, host: `127.0.0.1:${held.port}` }
  const access = await findEngineAccess(io, wish)
  return { session: await openSession(access, { env: io.env, cwd: io.cwd, signal: wish.signal }), host: access.host }
}
