import { type Directory, func, object } from "@dagger.io/dagger"

/** A run of the pipeline that has ended, whatever it came to. */
@object()
export class Run {
  /** What happened, as Markdown. */
  @func()
  summary!: string

  /** `passed`, `failed`, `errored` or `skipped`. */
  @func()
  outcome!: string

  /** report.json, junit.xml, summary.md and the like, the logs, and what the stages left. */
  @func()
  report!: Directory

  /** What the stages left, such as wheel and sdist, by itself. */
  @func()
  artifacts!: Directory
}
