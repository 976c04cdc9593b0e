import type { Directory } from "@dagger.io/dagger"
import type { Project } from "../project/project.js"
import type { Cell } from "./cell.js"

/** What stages hand to one another. A stage of one's own may name kinds of its own. */
export type ArtifactKind =
  | "requirements"
  | "sdist"
  | "wheel"
  | "coverage-data"
  | "coverage-report"
  | "image"
  | "sbom"
  | (string & {})

const BETWEEN_STAGES = "between-stages-"

/** The kind of an artifact that stages hand to one another and that no report, folder or upload ever shows. */
export function betweenStages(kind: string): ArtifactKind {
  return `${BETWEEN_STAGES}${kind}`
}

/** True for a kind that {@link betweenStages} made. */
export function isBetweenStages(kind: ArtifactKind): boolean {
  return kind.startsWith(BETWEEN_STAGES)
}

/** A file that a command left and that is kept. */
export interface KeptFile {
  /** Relative to the artifact's folder. */
  readonly path: string
  readonly bytes: number
  /** Lower-case hexadecimal. */
  readonly sha256: string
}

/** An artifact as the stage that takes it sees it: lazy files, and what the giving stage learned of them. */
export interface Artifact {
  readonly kind: ArtifactKind
  readonly stage: string
  readonly cell: Cell
  readonly files: readonly KeptFile[]
  /** Lazy: nothing is transferred until a command reads it. */
  readonly directory: Directory
  /** What `read` learned, e.g. `{ "distribution": "itsdangerous", "version": "2.2.0" }`. */
  readonly facts: Readonly<Record<string, string>>
}

/** What a stage takes from the stages before it. */
export interface Need {
  readonly kind: ArtifactKind
  /** `one`: from the cell with the same key, else from the only cell. `every-cell`: fan-in. */
  readonly from: "one" | "every-cell"
  /** `passed`: the giving cell passed its gate. `looked`: it has a reading, whatever its gate said. */
  readonly when: "passed" | "looked"
  /** True when the stage also runs if no stage of this pipeline gives the kind. */
  readonly optional?: true
  /** False in a project where the stage does without; always taken when absent. */
  readonly where?: (project: Project) => boolean
}

/** The artifacts that a cell was given. */
export interface Inputs {
  /** The artifact of a `one` need. @throws RangeError when the stage did not declare the need. */
  one(kind: ArtifactKind): Artifact
  /** The artifact of an optional `one` need. */
  maybe(kind: ArtifactKind): Artifact | undefined
  /** All artifacts of an `every-cell` need, in the order of the giving stage's cells. */
  every(kind: ArtifactKind): readonly Artifact[]
}
