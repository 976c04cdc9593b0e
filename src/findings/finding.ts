/** How bad a finding is. The order is that of SARIF's levels, with two steps above `error` for security. */
export const SEVERITIES = ["note", "low", "warning", "medium", "error", "high", "critical"] as const

/** One of {@link SEVERITIES}. */
export type Severity = (typeof SEVERITIES)[number]

/** One thing that a tool found, in one shape for all tools. */
export interface Finding {
  readonly tool: string
  /** The tool's own rule, e.g. `F401`, `arg-type`, `B602`; for a failing test `failed` or `error`. */
  readonly rule: string
  readonly severity: Severity
  /** Relative to the project; absent where the finding has no place. */
  readonly file?: string
  /** 1-based. */
  readonly line?: number
  /** 1-based. */
  readonly column?: number
  /** What it is about where that is more than a place, e.g. a test's id or a package; it then names the finding. */
  readonly subject?: string
  /** One line. */
  readonly message: string
  /** What to do, or where the rule is explained. */
  readonly help?: string
  /** More lines, e.g. a traceback; bounded. */
  readonly detail?: string
  /** Stable against moved lines: equal for the same finding in two runs. */
  readonly fingerprint: string
  /** Fingerprint of the baseline's entry that it is; another than its own where its file was renamed. Gates pass over it. */
  readonly baselined?: string
  /** Lines of its file around its place, as the run saw them. */
  readonly excerpt?: { readonly first: number; readonly lines: string[] }
}
