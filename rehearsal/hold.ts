import { randomBytes } from "node:crypto"
import { bearerToken } from "./http/basic-auth.js"
import { json } from "./http/exchange.js"
import { listen } from "./http/listen.js"
import { openRehearsal, type RehearsalOptions } from "./open-rehearsal.js"
import { claimFolder, readAccess, releaseFolder, removeControl, writeAccess, writeControl } from "./state-folder.js"
import { countsOf } from "./summary.js"

/** What a holder is started with. */
export interface HoldOptions extends Omit<RehearsalOptions, "access"> {
  readonly pid: number
  /** Settles when the holder is to end for another reason than being told so: a signal, a lost engine. */
  readonly over: Promise<unknown>
}

/**
 * Keeps a rehearsal open until it is told to stop. @returns false at once where another process holds the folder
 */
export async function holdRehearsal(options: HoldOptions): Promise<boolean> {
  const { folder, pid, over } = options
  if (!(await claimFolder(folder, pid))) return false
  try {
    const rehearsal = await openRehearsal({ ...options, access: await readAccess(folder) })
    await writeAccess(folder, rehearsal.access)
    const token = randomBytes(18).toString("base64url")
    let stop: () => void = () => {}
    const told = new Promise<void>((resolve) => {
      stop = resolve
    })
    const control = await listen(async (call) => {
      if (bearerToken(call.headers) !== token) return json(401, {})
      if (call.path === "/stop") setImmediate(stop)
      return json(200, countsOf(rehearsal.logs))
    })
    await writeControl(folder, { port: control.port, token, pid })
    await Promise.race([told, over])
    await removeControl(folder)
    await Promise.all([rehearsal.close(), control.close()])
  } finally {
    await releaseFolder(folder)
  }
  return true
}
