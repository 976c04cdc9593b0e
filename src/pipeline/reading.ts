import type { Finding } from "../findings/finding.js"
import type { ArtifactKind } from "./artifact.js"

/** Numbers that a stage measured, as the report carries them. */
export type Measures = Readonly<Record<string, unknown>>

/** A tool that took part, with the version that really ran. */
export interface ToolVersion {
  readonly name: string
  readonly version: string
}

/** The stage's own word on an artifact that its command left. */
export interface ArtifactFacts {
  readonly kind: ArtifactKind
  readonly facts: Readonly<Record<string, string>>
}

/** What a stage understood of its executions. */
export type Reading =
  | {
      readonly kind: "looked"
      readonly findings: readonly Finding[]
      readonly measures: Measures
      readonly tools: readonly ToolVersion[]
      readonly artifacts?: readonly ArtifactFacts[]
    }
  | CouldNotLook
  /** Only looking could tell that there is nothing to look at. Shown as skipped with the reason; never green. */
  | { readonly kind: "not-applicable"; readonly reason: string }

/** The stage could not see what it was to look at. Never green. */
export interface CouldNotLook {
  readonly kind: "errored"
  /** One line. */
  readonly reason: string
  /** What to type or change. */
  readonly next?: string
  /** Last lines of what the tool said. */
  readonly detail?: string
}
