import { rehearsalFolder } from "../../rehearsal/state-folder.js"
import { cacheFolder } from "../cache-folder.js"
import { findEngineAccess } from "../engine-access.js"
import type { Io } from "../io.js"
import { knowProject } from "../known-project.js"
import type { ProcessControl } from "../program.js"
import { openSession } from "../session.js"
import { connectTo } from "../session-client.js"

/**
 * Is the holder: opens a session of its own, so that its servers outlive the session of whoever asked for them, and
 * keeps the rehearsal open until it is told to stop, gets a signal, or loses the engine.
 */
export async function runHolder(io: Io, control: ProcessControl): Promise<void> {
  const { signal } = new AbortController()
  const { DAGGER_SESSION_PORT: _port, DAGGER_SESSION_TOKEN: _token, ...env } = io.env
  const access = await findEngineAccess({ ...io, env }, { mayAsk: false, needed: Promise.resolve(), signal })
  const session = await openSession(access, { env, cwd: io.cwd })
  try {
    const settings = await knowProject(io, io.cwd).then(
      (known) => known.settings,
      () => ({ python: {} }),
    )
    const { holdRehearsal } = await import("../../rehearsal/hold.js")
    const interrupted = new Promise<void>((resolve) => control.interrupts(resolve))
    const held = await holdRehearsal({
      folder: rehearsalFolder(cacheFolder(io.env)),
      dag: connectTo(session).dag,
      settings,
      searchPath: io.env.PATH ?? "",
      now: Date.now,
      pid: process.pid,
      over: Promise.race([interrupted, session.lost]),
    })
    if (!held) io.stderr.write("another process holds the rehearsal\n")
  } finally {
    await session.close()
  }
}
