/** A package index other than the public one. */
export interface IndexSettings {
  /** Address of a simple index (PEP 503). */
  readonly url?: string | undefined
}

/** What the toolchain reads of the settings. */
export interface ToolchainSettings {
  readonly python: { readonly default?: string | undefined }
  readonly images?: {
    /** Address of the interpreter image; `{version}` stands for `X.Y`. */
    readonly python?: string | undefined
    /** Stands in for Docker Hub. */
    readonly registry?: string | undefined
  }
  readonly index?: IndexSettings | undefined
}
