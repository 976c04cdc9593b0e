import { createWriteStream } from "node:fs"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { Session } from "../../../cli/session.js"
import { authorization } from "../../../cli/session-client.js"

const STREAMS = ["traces", "logs", "metrics"] as const

/** Writes down all that a session tells of its work, as it came, until it ends. */
export function recordTelemetry({ port, token }: Session, folder: string): { ended(): Promise<void> } {
  const streams = STREAMS.map(async (name) => {
    const headers = { authorization: authorization(token), accept: "text/event-stream" }
    const { body } = await fetch(`http://127.0.0.1:${port}/v1/${name}`, { headers })
    if (body === null) return
    // The session ends in the middle of its streams.
    await pipeline(Readable.fromWeb(body), createWriteStream(join(folder, `${name}.stream`))).catch(() => {})
  })
  return { ended: async () => void (await Promise.all(streams)) }
}
