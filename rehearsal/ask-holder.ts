import type { ServerName } from "./access.js"
import { type Control, readControl } from "./state-folder.js"
import type { RequestCounts } from "./summary.js"

/** A holder that answers. */
export interface Holder {
  readonly control: Control
  readonly counts: Readonly<Record<ServerName, RequestCounts>>
}

/** Asks whether the folder's rehearsal is up; undefined where no holder answers. */
export function findHolder(folder: string): Promise<Holder | undefined> {
  return ask(folder, "/state")
}

/** Tells the holder to stop; gives the holder that was told, undefined where there was none. */
export function stopHolder(folder: string): Promise<Holder | undefined> {
  return ask(folder, "/stop")
}

/** Milliseconds within which a holder answers: it does nothing else. */
const PATIENCE = 5_000

async function ask(folder: string, path: string): Promise<Holder | undefined> {
  const control = await readControl(folder)
  if (control === undefined) return undefined
  const answer = await fetch(`http://127.0.0.1:${control.port}${path}`, {
    headers: { authorization: `Bearer ${control.token}` },
    signal: AbortSignal.timeout(PATIENCE),
  }).catch(() => undefined)
  if (answer?.status !== 200) return undefined
  return { control, counts: (await answer.json()) as Holder["counts"] }
}
