import { resolve } from "node:path"
import type { ReleaseDesk } from "../../src/door/release/desk.js"
import { type Engine, openEngine } from "../engine.js"
import { watchInterrupts } from "../interrupt.js"
import type { Io } from "../io.js"
import { type KnownProject, knowProject } from "../known-project.js"
import type { ProcessControl } from "../program.js"
import type { RunLook } from "../run-request.js"
import { openDesk } from "./open-desk.js"
import { type OpenTargets, openRealTargets, openRehearsedTargets } from "./open-targets.js"
import { noRepository } from "./repository.js"

/** A project, an engine, and the targets of its releases at hand. */
export interface DeskSession {
  readonly io: Io
  readonly control: ProcessControl
  readonly known: KnownProject
  readonly engine: Engine
  readonly opened: OpenTargets
  readonly desk: ReleaseDesk
  /** Aborted by the first Ctrl-C: the release is then laid down before its next write. */
  readonly signal: AbortSignal
}

/** For what a desk is opened. */
export interface DeskWish {
  readonly path: string
  /** `fresh` and `kept`: a rehearsal's targets, empty or as an earlier rehearsal left them. */
  readonly targets: "real" | "fresh" | "kept"
  readonly engine?: "build"
  readonly look: RunLook
}

/** Opens a desk for as long as the work takes. @throws QuillonError before anything is asked of a target */
export async function withDesk(
  parts: { readonly io: Io; readonly control: ProcessControl },
  wish: DeskWish,
  work: (session: DeskSession) => Promise<void>,
): Promise<void> {
  const { io, control } = parts
  const { signal } = watchInterrupts(io, control)
  const knowing = knowProject(io, resolve(io.cwd, wish.path))
  const how = wish.engine === undefined ? {} : { engine: wish.engine }
  const opening = openEngine(io, {
    ...how,
    needed: knowing,
    mayAsk: !wish.look.quiet,
    signal: new AbortController().signal,
  })
  opening.catch(() => {})
  let opened: OpenTargets | undefined
  try {
    const known = await knowing
    if (known.git === null) throw noRepository(known.folder)
    const engine = await opening
    const subject = { io, engine, known }
    opened = await (wish.targets === "real" ? openRealTargets(subject) : openRehearsedTargets(subject, wish.targets))
    const desk = await openDesk({ ...subject, control, look: wish.look, opened, signal })
    await work({ ...subject, control, opened, desk, signal })
  } finally {
    await opened?.close()
    await opening.then((engine) => engine.close()).catch(() => {})
  }
}
