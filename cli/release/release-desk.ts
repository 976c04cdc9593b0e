import { randomUUID } from "node:crypto"
import { setTimeout as pause } from "node:timers/promises"
import { type ComposeParts, composeGit, composeTargets, type GitSide } from "../../src/door/release/compose.js"
import { createWorkshop } from "../../src/door/workshop.js"
import type { ReleaseEvent } from "../../src/release/execute/event.js"
import type { ReleaseTargets, ReleaseWorld } from "../../src/release/execute/world.js"
import type { ReleasePlan } from "../../src/release/plan/schema.js"
import { createToolchain } from "../../src/toolchain/create-toolchain.js"
import type { Engine } from "../engine.js"
import type { Io } from "../io.js"
import type { KnownProject } from "../known-project.js"
import type { ProcessControl } from "../program.js"
import type { RunLook } from "../run-request.js"
import type { OpenTargets } from "./open-targets.js"
import { createReleaseBench } from "./release-bench.js"
import { fateOf, isProcessAlive, releaseHolder } from "./release-holder.js"
import { releasePerson } from "./release-person.js"

/** Everything at hand with which a release of one project is carried out. */
export interface ReleaseDesk {
  readonly side: GitSide
  /** Clients of all places that a plan names. */
  targetsOf(plan: Pick<ReleasePlan, "steps">): ReleaseTargets
  world(targets: ReleaseTargets, emit: (event: ReleaseEvent) => void): ReleaseWorld
}

/** What a desk is made of. */
export interface DeskParts {
  readonly io: Io
  readonly control: ProcessControl
  readonly look: RunLook
  readonly engine: Engine
  readonly known: KnownProject
  readonly opened: OpenTargets
  readonly signal: AbortSignal
}

/** Seconds that one write is waited for, over all its attempts: an index's pages lag for minutes. */
const PATIENCE = { seconds: 600, attempts: 8 }

/** Sets a desk up. Nothing is asked of any target yet. */
export async function openDesk({ opened, signal, ...rest }: DeskParts): Promise<ReleaseDesk> {
  const { io, engine, known } = rest
  const { dag } = engine
  const { project, settings } = known
  const { RELEASE_SIGNING_KEY: key } = io.env
  const git: Parameters<typeof composeGit>[0] = {
    dag,
    reach: opened.reach,
    toolchain: createToolchain({ dag, settings, interpreters: project.interpreters }),
    person: await releasePerson(io.env, known.folder),
    nonce: randomUUID,
    ...(key === undefined || key === "" ? {} : { signingKey: dag.setSecret("quillon-signing-key", `${key.trim()}\n`) }),
  }
  const side = composeGit(git)
  const bench = createReleaseBench({ ...rest, signal, treeOf: side.treeOf })
  const parts: ComposeParts = { ...git, shipped: bench.shipped, fetch }
  const holder = releaseHolder(io.env, { id: randomUUID(), pid: process.pid })
  const workshop = createWorkshop(bench)
  return {
    side,
    targetsOf: (plan) => composeTargets(plan, side, parts),
    world: (targets, emit) => ({
      targets,
      workshop,
      clock: { now: Date.now, sleep: (milliseconds) => pause(milliseconds) },
      random: Math.random,
      nonce: randomUUID,
      holder,
      fateOf: async (other) => fateOf(other, { self: holder, isAlive: isProcessAlive }),
      emit,
      patience: PATIENCE,
      signal,
    }),
  }
}
