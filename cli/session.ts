import { type ChildProcess, spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { QuillonError } from "../src/errors.js"
import { ageIn } from "./engine-age.js"
import { whyNotListening } from "./listening.js"

/** How an engine is reached: Dagger's CLI, and what must be in its environment. */
export interface EngineAccess {
  /** Path of the `dagger` program, or its name when it is on PATH. */
  readonly cli: string
  /** Added to the environment of the session process. */
  readonly env: Readonly<Record<string, string>>
  /** The engine as people would name it, e.g. `unix:///run/…/engine.sock`. */
  readonly host: string
}

/** An open session with an engine: an HTTP server on loopback. */
export interface Session {
  readonly port: number
  readonly token: string
  /** Ends the session process; does nothing to a session that was there before. */
  close(): Promise<void>
  /** Settles when the session process ended by itself, with the end of what it said. */
  readonly lost: Promise<string>
}

/** What {@link openSession} needs besides the engine. */
export interface SessionOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly signal?: AbortSignal
}

const SAID_LIMIT = 16_384
const GRACE_MS = 3_000

/**
 * Starts `dagger session` and waits for the line in which it tells its port and token.
 * Its stdin is a pipe of ours: when this process dies, however it dies, the session ends too.
 *
 * @throws QuillonError ENGINE_UNREACHABLE when it ends before that line, OLD_ENGINE when that is why.
 */
export async function openSession(engine: EngineAccess, options: SessionOptions): Promise<Session> {
  const silence = await whyNotListening(engine.host)
  if (silence !== undefined) throw unreachable(engine, silence)
  const child = spawn(engine.cli, ["--silent", "session", "--label", "dagger.io/sdk.name:quillon"], {
    cwd: options.cwd,
    env: { ...options.env, DO_NOT_TRACK: "1", ...engine.env },
    // A process group of its own, so that the terminal's Ctrl-C reaches us first and results can still be saved.
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  })
  child.stdin.on("error", () => {})
  let said = ""
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-SAID_LIMIT)
  })
  const ended = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      said += error.message
      resolve()
    })
    child.once("close", () => resolve())
  })
  options.signal?.addEventListener("abort", () => void child.stdin.end(), { once: true })

  const line = await firstLine(child)
  if (line === undefined) {
    await ended
    throw ageIn(said, engine.host) ?? unreachable(engine, said)
  }
  const { port, session_token: token } = JSON.parse(line) as { port: number; session_token: string }
  return { port, token, lost: ended.then(() => said.trim()), close: () => end(child, ended) }
}

/** A session that an outer process holds, e.g. `dagger run`. */
export function heldSession(env: SessionOptions["env"]): Session | undefined {
  const { DAGGER_SESSION_PORT: port, DAGGER_SESSION_TOKEN: token } = env
  if (!port || !token) return undefined
  return { port: Number(port), token, lost: new Promise(() => {}), close: async () => {} }
}

async function firstLine(child: ChildProcess): Promise<string | undefined> {
  if (child.stdout === null) return undefined
  const lines = createInterface({ input: child.stdout })
  return new Promise((resolve) => {
    lines.once("line", (line) => {
      resolve(line)
      child.stdout?.resume()
    })
    lines.once("close", () => resolve(undefined))
    child.once("error", () => resolve(undefined))
  })
}

async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.stdin?.end()
  const kill = setTimeout(() => child.kill("SIGKILL"), GRACE_MS)
  await ended
  clearTimeout(kill)
}

function unreachable(engine: EngineAccess, said: string): QuillonError {
  const why = lastLine(said) ?? "it ended without a word"
  return new QuillonError({
    code: "ENGINE_UNREACHABLE",
    message: `the engine at ${engine.host} can't be reached: ${why}`,
    next: "quillon doctor",
    kind: "environment",
  })
}

function lastLine(text: string): string | undefined {
  return text
    .split("\n")
    .map((line) => line.trim())
    .findLast((line) => line !== "")
}
