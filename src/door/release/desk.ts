import { setTimeout as pause } from "node:timers/promises"
import type { Client, Directory, Secret } from "@dagger.io/dagger"
import type { ReleaseEvent } from "../../release/execute/event.js"
import type { ReleaseTargets, ReleaseWorld } from "../../release/execute/world.js"
import type { ReleasePlan } from "../../release/plan/schema.js"
import type { Toolchain } from "../../toolchain/toolchain.js"
import { createWorkshop } from "../workshop.js"
import type { ReleaseBench } from "./bench.js"
import { composeGit, composeTargets, type GitSide } from "./compose.js"
import type { Reach } from "./reach.js"

/** Everything at hand with which a release of one project is carried out. */
export interface ReleaseDesk {
  readonly side: GitSide
  /** Clients of all places that a plan names. */
  targetsOf(plan: Pick<ReleasePlan, "steps">): ReleaseTargets
  world(targets: ReleaseTargets, emit: (event: ReleaseEvent) => void): ReleaseWorld
}

/** What a desk is made of. */
export interface DeskParts extends Pick<ReleaseWorld, "holder" | "fateOf" | "signal"> {
  readonly dag: Client
  readonly reach: Reach
  readonly toolchain: Toolchain
  /** Who makes the release commit. */
  readonly person: { readonly name: string; readonly email: string }
  /** Private SSH key that signs commit and tag. */
  readonly signingKey?: string | undefined
  readonly bench: (treeOf: (commit: string) => Promise<Directory>) => ReleaseBench
}

/** Seconds that one write is waited for, over all its attempts: an index's pages lag for minutes. */
const PATIENCE = { seconds: 600, attempts: 8 }

/** Sets a desk up. Nothing is asked of any target yet. */
export function createDesk(parts: DeskParts): ReleaseDesk {
  const { dag, reach, toolchain, person, holder, fateOf, signal } = parts
  const nonce = () => crypto.randomUUID()
  const signingKey = keyOf(parts)
  const git = { dag, reach, toolchain, person, nonce, ...(signingKey === undefined ? {} : { signingKey }) }
  const side = composeGit(git)
  const bench = parts.bench(side.treeOf)
  const workshop = createWorkshop(bench)
  return {
    side,
    targetsOf: (plan) => composeTargets(plan, side, { ...git, shipped: bench.shipped, fetch }),
    world: (targets, emit) => ({
      targets,
      workshop,
      clock: { now: Date.now, sleep: (milliseconds) => pause(milliseconds) },
      random: Math.random,
      nonce,
      holder,
      fateOf,
      emit,
      patience: PATIENCE,
      signal,
    }),
  }
}

/** OpenSSH reads no key without a line feed at its end. */
function keyOf({ dag, signingKey: key }: DeskParts): Secret | undefined {
  return key === undefined || key === "" ? undefined : dag.setSecret("quillon-signing-key", `${key.trim()}\n`)
}
