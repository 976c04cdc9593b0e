/** What Quillon was asked to do that it cannot do, and what the person can type next. */
export interface Problem {
  /** Stable, upper-case with underscores, e.g. `NOT_A_PYTHON_PROJECT`. */
  readonly code: string
  /** One line that names the value that was wrong. */
  readonly message: string
  /** One line: the next thing to type or change. */
  readonly next: string
  /** `usage` ends the CLI with 64, `environment` with 2 (DESIGN §1). */
  readonly kind: "usage" | "environment"
}

/** An error that was designed: shown to people as its message and next step, without a stack. */
export class QuillonError extends Error {
  override readonly name = "QuillonError"
  readonly code: string
  readonly next: string
  readonly kind: Problem["kind"]

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.message, options)
    this.code = problem.code
    this.next = problem.next
    this.kind = problem.kind
  }
}
