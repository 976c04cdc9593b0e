import { randomUUID } from "node:crypto"
import { isProcessAlive } from "../../rehearsal/process-alive.js"
import { createDesk, type ReleaseDesk } from "../../src/door/release/desk.js"
import { createToolchain } from "../../src/toolchain/create-toolchain.js"
import type { Engine } from "../engine.js"
import type { Io } from "../io.js"
import type { KnownProject } from "../known-project.js"
import type { ProcessControl } from "../program.js"
import type { RunLook } from "../run-request.js"
import type { OpenTargets } from "./open-targets.js"
import { hostBench } from "./release-bench.js"
import { fateOf, releaseHolder } from "./release-holder.js"
import { releasePerson } from "./release-person.js"

/** What the desk of a person or a job on this machine is made of. */
export interface OpenDeskParts {
  readonly io: Io
  readonly control: ProcessControl
  readonly look: RunLook
  readonly engine: Engine
  readonly known: KnownProject
  readonly opened: OpenTargets
  readonly signal: AbortSignal
}

/** Sets a desk up on this machine. Nothing is asked of any target yet. */
export async function openDesk({ opened, ...parts }: OpenDeskParts): Promise<ReleaseDesk> {
  const { io, engine, known, signal } = parts
  const { dag } = engine
  const { project, settings } = known
  const holder = releaseHolder(io.env, { id: randomUUID(), pid: process.pid })
  return createDesk({
    dag,
    reach: opened.reach,
    toolchain: createToolchain({ dag, settings, interpreters: project.interpreters }),
    person: await releasePerson(io.env, known.folder),
    signingKey: io.env.RELEASE_SIGNING_KEY,
    bench: (treeOf) => hostBench({ ...parts, treeOf }),
    holder,
    fateOf: async (other) => fateOf(other, { self: holder, isAlive: isProcessAlive }),
    signal,
  })
}
