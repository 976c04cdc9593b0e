import type { Client, Container, Directory, Secret } from "@dagger.io/dagger"
import type { Baseline } from "../findings/baseline.js"
import type { Project } from "../project/project.js"
import type { Settings } from "../project/settings.js"
import type { VersionFacts } from "../release/version/facts.js"
import type { Toolchain } from "../toolchain/toolchain.js"
import type { Address } from "./cell.js"
import type { Command, Execution } from "./command.js"
import type { Listener } from "./event.js"
import type { Report } from "./report.js"
import type { Sources } from "./sources.js"

/** Says from the engine's own spans whether a cell's steps were cached; null where that can't be seen. */
export interface CacheWitness {
  cached(address: Address, commands: readonly string[]): Promise<boolean | null>
}

/** What a command left behind: a lazy folder with `stdout`, `stderr`, `result.json` and `kept/`. */
export interface StepOutput {
  readonly command: string
  readonly output: Directory
}

/** A command under the supervisor: nothing has happened yet. */
export interface SupervisedStep {
  readonly output: Directory
  /** As the command left it, however it ended. */
  readonly container: Container
  /** Executes the command, in one round trip. @throws what the engine throws when it could not be executed. */
  read(): Promise<Execution>
}

/** How one command is to be supervised. */
export interface Supervision {
  readonly address: Address
  readonly timeoutSeconds: number
  /** Salt: environment of this step alone. */
  readonly environment: Readonly<Record<string, string>>
  /** Names of the secrets whose values must not stand in what the command leaves. */
  readonly secrets: readonly string[]
  readonly toolchain: Toolchain
}

/** Where a door keeps what a cell left. Called as each cell ends, so that partial results survive. */
export interface RunStore {
  keep(address: Address, steps: readonly StepOutput[]): Promise<void>
}

/**
 * Remembers the nonce with which a retry got past a failure that the engine keeps in its cache, so that later runs
 * find the retry's result there. It holds no result: without it a run only repeats the retry.
 */
export interface SaltMemory {
  recall(address: Address): string | undefined
  remember(address: Address, nonce: string): void
}

/** Facts of the run that only a door knows. */
export interface RunFacts {
  readonly id: string
  readonly commit: string | null
  readonly dirty: boolean | null
  /** When the commit was made, as ISO 8601. */
  readonly committed?: string | null
  readonly engine: Report["engine"]
  /** The image of an interpreter; undefined where there is none. @throws what the engine throws otherwise. */
  image(python: string): Promise<Report["images"][number] | undefined>
}

/** What a stage's containers must have. */
export interface ToolchainWish {
  /** Debian packages. */
  readonly apt: readonly string[]
  /** Interpreter of what has no matrix, as `X.Y`. */
  readonly defaultPython: string
  /** Salts all containers, so that no layer comes from the cache. */
  readonly nonce?: string
}

/** All that a run needs from outside: the engine, the project, the clock, and who listens. */
export interface World {
  readonly dag: Client
  readonly project: Project
  readonly settings: Settings
  readonly sources: Sources
  /** The same for one cell, where a door wants to know who sees what; `sources` when absent. */
  sourcesOf?(address: Address): Sources
  /** The text of the requirements file that a cell built the project with before; resolved by it when absent. */
  buildRequirements?(address: Address): string | undefined
  readonly facts: RunFacts
  /** Milliseconds since 1970. */
  clock(): number
  /** A value that was never given before. */
  nonce(): string
  readonly emit: Listener
  /** Ends the run early: cells that have not ended are skipped as cancelled. */
  readonly signal: AbortSignal
  readonly witness?: CacheWitness
  readonly store?: RunStore
  readonly salts?: SaltMemory
  /** Says what an engine has in place of an image that it has not; undefined where nobody knows. */
  explainMissingImage?(image: string): Promise<string | undefined>
  /** Reads a file of the project, so that findings are named by what stands on their lines. */
  readSource?(file: string): Promise<string | undefined>
  /** Seconds since 1970 that files of what is built get: the release commit's time in a release, absent otherwise. */
  readonly epoch?: number
  /** Findings that gates pass over. */
  readonly baseline?: Baseline
  /** Looks at the version's places and the tags. */
  versions?(): Promise<VersionFacts>
  /** Makes the containers of a stage. */
  toolchain(wish: ToolchainWish): Toolchain
  /** A secret by its name. @throws QuillonError `MISSING_SECRET` where the door has none of that name. */
  secret(name: string): Secret
  /** The same as a build of a Dockerfile finds it: the engine knows it by that name. `secret` when absent. */
  buildSecret?(name: string): Secret
  /** Puts a command under the supervisor. */
  supervise(command: Command, supervision: Supervision): SupervisedStep
}

/** What a person asked of a run, besides the selection. */
export interface RunOptions {
  readonly failFast?: true
  /** Cells that run at once; at least 1. */
  readonly jobs: number
  /** Stages or addresses whose commands run again although the engine remembers them. */
  readonly fresh?: readonly string[] | "all"
  /** Seconds that one command may take, whatever stage and settings say. */
  readonly timeoutSeconds?: number
  /** For the tools of the stages that were asked for by name: what followed `--`. */
  readonly args?: readonly string[]
}
