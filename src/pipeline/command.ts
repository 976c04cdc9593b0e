import type { Container } from "@dagger.io/dagger"
import type { ArtifactKind, KeptFile } from "./artifact.js"

/** A small text file that the command writes and `read` interprets. */
export interface ReportFile {
  readonly name: string
  /** Absolute path in the container. */
  readonly path: string
}

/** A file or folder that the command leaves and that the run keeps. */
export interface KeptOutput {
  readonly kind: ArtifactKind
  /** Absolute path of a file or folder in the container. */
  readonly path: string
}

/** One argv in one container. The container is lazy; nothing happens until the runner executes it. */
export interface Command {
  /** Unique within the cell: `check`, `format`, `pytest`. */
  readonly name: string
  /** As it was before the command, which is where `quillon debug` opens a shell. */
  readonly container: Container
  readonly argv: readonly string[]
  /** Seconds; the runner's default when absent. */
  readonly timeout?: number
  readonly reports?: readonly ReportFile[]
  readonly keeps?: readonly KeptOutput[]
}

/** How the process ended. */
export type Exit =
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "signalled"; readonly signal: string }
  | { readonly kind: "timed-out"; readonly seconds: number }
  /** The argv could not be started: no such program, not executable. */
  | { readonly kind: "unstartable"; readonly why: string }

/** The end of an output stream, with control characters neutralised; the whole is in the run's folder. */
export interface Captured {
  readonly tail: string
  readonly bytes: number
  readonly truncated: boolean
}

/** What the supervisor saw of one command. */
export interface Execution {
  readonly command: string
  readonly argv: readonly string[]
  readonly exit: Exit
  /** Wall-clock seconds of the process itself. */
  readonly seconds: number
  /** Milliseconds since 1970, by the engine's clock. */
  readonly started: number
  readonly peakMemoryBytes: number
  readonly stdout: Captured
  readonly stderr: Captured
  /** By report name; a name is absent when the command did not write the file. */
  readonly reports: Readonly<Record<string, string>>
  /** By artifact kind. */
  readonly kept: Readonly<Record<string, readonly KeptFile[]>>
}
