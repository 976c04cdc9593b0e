import { createInterface } from "node:readline/promises"
import { connectionEnvironment } from "../engine/connection.js"
import { liveProgress } from "../engine/live-progress.js"
import { openSession } from "../engine/open-session.js"
import { plainProgress } from "../engine/progress.js"
import { up } from "../engine/up.js"
import { QuillonError } from "../src/errors.js"
import type { Io } from "./io.js"

/** How an engine comes to be built in the middle of another command. */
export interface BuildWish {
  /** `ask`: a person sits at the terminal and is asked first. */
  readonly consent: "given" | "ask"
  readonly signal: AbortSignal
}

/** Brings an engine of our own up. @returns the variables that lead to it. @throws QuillonError NO_ENGINE when refused. */
export async function buildEngine(io: Io, { consent, signal }: BuildWish): Promise<Readonly<Record<string, string>>> {
  if (consent === "ask" && !(await agrees(io, signal))) {
    throw new QuillonError({
      code: "NO_ENGINE",
      message: "there is no Dagger engine on this machine, and none was to be built",
      next: "start Docker or Podman, or: quillon engine up",
      kind: "environment",
    })
  }
  const screen = {
    write: (text: string) => io.stderr.write(text),
    columns: io.columns,
    now: Date.now,
    colour: io.colour,
  }
  const progress = io.isTTY && io.stderr.isTTY === true ? liveProgress(screen) : plainProgress(screen)
  const session = openSession({ env: io.env, progress, signal, command: "up" })
  try {
    const { record } = await up(session)
    return connectionEnvironment({ socket: session.paths.socket, binaries: record.binaries })
  } catch (error) {
    progress.close()
    io.stderr.write(`the full log is ${session.log.path}\n`)
    throw error
  } finally {
    progress.close()
    session.log.close()
  }
}

async function agrees(io: Io, signal: AbortSignal): Promise<boolean> {
  const lines = createInterface({ input: io.stdin, output: io.stderr })
  const question =
    "There is no Docker, Podman or Dagger engine here.\nBuild an engine from package registries? It takes minutes and about 4 GB, once. [y/N] "
  try {
    const answer = await lines.question(question, { signal })
    return /^y(es)?$/i.test(answer.trim())
  } catch {
    return false
  } finally {
    lines.close()
  }
}
