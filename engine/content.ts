import type { BootstrapRecipe } from "./bootstrap.js"
import type { Run } from "./process.js"

/** What an SDK content recipe is given while it is built. */
export interface ContentContext {
  /** An empty folder; what lies in it after `build` is an OCI layout (`index.json`, `blobs/sha256/…`). */
  readonly target: string
  /** A folder for intermediate files, removed afterwards. */
  readonly scratch: string
  /** The folder with the compiled `codegen`, `dagger`, `engine`, `init` and `dnsname`. */
  readonly binaries: string
  /** Makes a Debian root filesystem, or finds it in the cache; gives the path of its uncompressed tar (never change it). */
  readonly bootstrap: (recipe: BootstrapRecipe) => Promise<string>
  /** Starts a host program with the engine's log behind it. */
  readonly run: Run
  /** One short line for the person who waits. */
  readonly progress: (text: string) => void
}

/** An OCI image that the engine carries as built-in content, such as the TypeScript SDK. */
export interface ContentRecipe {
  /** kebab-case, e.g. `typescript-sdk`. */
  readonly name: string
  /** Made only for those who ask for it by this name, as an SDK; without one every engine has it. */
  readonly onDemand?: string
  /** Its `build` needs Go, whether or not the engine is compiled already. */
  readonly compiles?: true
  /** The engine's environment variable that takes the manifest digest, e.g. `DAGGER_TYPESCRIPT_SDK_MANIFEST_DIGEST`. */
  readonly variable: string
  /** Everything the result depends on besides the compiled binaries; another string, another build. */
  readonly inputs: () => Promise<string>
  /** Root filesystems that `build` will ask for; `up` makes them while the compiler still works. */
  readonly bases?: readonly BootstrapRecipe[]
  /** Writes the OCI layout into `context.target` and gives the image manifest's digest (`sha256:…`). */
  readonly build: (context: ContentContext) => Promise<{ readonly manifestDigest: string }>
}

/** A content recipe's result as it lies in the cache. */
export interface BuiltContent {
  readonly name: string
  readonly variable: string
  readonly manifestDigest: string
  /** The OCI layout. */
  readonly folder: string
}
