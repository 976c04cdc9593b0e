/** A package index and, where it is private, the name of the secret with its credential. */
export interface PackageIndex {
  /** Address of a simple index (PEP 503). */
  readonly url: string
  /** Name of the secret that holds `user:password`, or a token. */
  readonly credential?: string | undefined
}

/** Where packages come from. */
export interface IndexSettings {
  /** In place of the public index. */
  readonly url?: string | undefined
  readonly credential?: string | undefined
  readonly extra?: readonly PackageIndex[] | undefined
}

/** What the toolchain reads of the settings. */
export interface ToolchainSettings {
  readonly python: { readonly default?: string | undefined }
  readonly images?: {
    /** Address of the interpreter image; `{version}` stands for `X.Y`. */
    readonly python?: string | undefined
    /** Stands in for Docker Hub. */
    readonly registry?: string | undefined
    /** Digests by `X.Y`. */
    readonly pins?: Readonly<Record<string, string>> | undefined
  }
  readonly index?: IndexSettings | undefined
}
