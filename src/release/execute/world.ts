import type { Deployment } from "../../targets/ports/deployment.js"
import type { Forge } from "../../targets/ports/forge.js"
import type { GitRemote } from "../../targets/ports/git-remote.js"
import type { ImageRegistry } from "../../targets/ports/image-registry.js"
import type { JournalStore } from "../../targets/ports/journal-store.js"
import type { PackageIndex } from "../../targets/ports/package-index.js"
import type { Holder } from "../journal/schema.js"
import type { ReleaseEvent } from "./event.js"
import type { Workshop } from "./workshop.js"

/** Clients of the places that a release goes to; null where it does not go there. */
export interface ReleaseTargets {
  readonly git: GitRemote
  readonly journals: JournalStore
  readonly testIndex: PackageIndex | null
  readonly index: PackageIndex | null
  readonly image: ImageRegistry | null
  readonly forge: Forge | null
  readonly deployments: readonly Deployment[]
}

/** How long one write is waited for before the release is laid down. */
export interface Patience {
  /** Seconds, over all attempts. */
  readonly seconds: number
  /** Requests of one kind that go unanswered or are refused for now. */
  readonly attempts: number
}

/** All that carrying out a release needs from outside. */
export interface ReleaseWorld {
  readonly targets: ReleaseTargets
  readonly workshop: Workshop
  readonly clock: {
    /** Milliseconds since 1970. */
    now(): number
    sleep(milliseconds: number): Promise<void>
  }
  /** At least 0 and below 1. */
  random(): number
  /** Never gives a value twice, on any machine. */
  nonce(): string
  /** Who we are. */
  readonly holder: Holder
  /** Whether a holder's process has ended. `unknown` where nobody here can tell. */
  fateOf(holder: Holder): Promise<"alive" | "ended" | "unknown">
  readonly emit: (event: ReleaseEvent) => void
  readonly patience: Patience
  /** Lays the release down before its next write. */
  readonly signal: AbortSignal
}
