import type { Client } from "@dagger.io/dagger"
import { findEngineAccess } from "./engine-access.js"
import type { Io } from "./io.js"
import { heldSession, openSession } from "./session.js"
import { connectTo } from "./session-client.js"
import { listenToSpans } from "./span-stream.js"
import type { SpanNews } from "./spans.js"

/** An engine with an open session. */
export interface Engine {
  /** Its queries end when the run is interrupted. */
  readonly dag: Client
  /** Its queries go on then, so that what is there can still be kept. */
  readonly keeper: Client
  readonly host: string
  readonly version: string
  /** Queries sent so far. */
  roundTrips(): number
  /** What the engine says of its work, from the beginning of the session. */
  onSpan(listener: (news: SpanNews) => void): void
  /** Ends the session and its process. */
  close(): Promise<void>
}

/** Finds an engine and opens a session with it. @throws QuillonError NO_ENGINE, ENGINE_UNREACHABLE */
export async function openEngine(io: Io, signal: AbortSignal): Promise<Engine> {
  const held = heldSession(io.env)
  const access = held === undefined ? await findEngineAccess(io) : undefined
  const session = held ?? (await openSession(access ?? unreachable(), { env: io.env, cwd: io.cwd, signal }))
  const listeners: ((news: SpanNews) => void)[] = []
  const spans = listenToSpans(session, (news) => {
    for (const listener of listeners) listener(news)
  })
  const running = connectTo(session, signal)
  const keeping = connectTo(session)
  const version = await keeping.dag.version()
  return {
    dag: running.dag,
    keeper: keeping.dag,
    host: access?.host ?? `127.0.0.1:${session.port}`,
    version,
    roundTrips: () => running.roundTrips() + keeping.roundTrips(),
    onSpan: (listener) => void listeners.push(listener),
    async close() {
      spans.close()
      await session.close()
    },
  }
}

function unreachable(): never {
  throw new RangeError("no session and no engine")
}
