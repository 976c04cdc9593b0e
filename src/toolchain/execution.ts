import { z } from "zod"
import type { Execution } from "../pipeline/command.js"

const captured = z.object({ tail: z.string(), bytes: z.number(), truncated: z.boolean() })

const exit = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("exited"), code: z.number() }),
  z.object({ kind: z.literal("signalled"), signal: z.string() }),
  z.object({ kind: z.literal("timed-out"), seconds: z.number() }),
  z.object({ kind: z.literal("unstartable"), why: z.string() }),
])

const execution = z.object({
  command: z.string(),
  argv: z.array(z.string()),
  exit,
  seconds: z.number(),
  started: z.number(),
  peakMemoryBytes: z.number(),
  stdout: captured,
  stderr: captured,
  reports: z.record(z.string(), z.string()),
  kept: z.record(z.string(), z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() }))),
})

/** Reads the supervisor's `result.json`. @throws Error when the text is not what the supervisor writes. */
export function parseExecution(json: string): Execution {
  return execution.parse(JSON.parse(json))
}
