import type { Client, Container, File, Secret } from "@dagger.io/dagger"
import type { ReleaseTargets } from "../release/execute/world.js"
import { type ContainerGitOptions, createContainerGit } from "../targets/git/container-git.js"
import { createGitJournals } from "../targets/git/git-journals.js"
import { createGitRemote } from "../targets/git/git-remote.js"
import type { GitHubPlace } from "../targets/github/github-api.js"
import { createGitHubForge } from "../targets/github/github-forge.js"
import { createAsk } from "../targets/http/exchange.js"
import { createContainerInstall } from "../targets/index/container-install.js"
import { createContainerUpload } from "../targets/index/container-upload.js"
import type { IndexEndpoints } from "../targets/index/endpoints.js"
import { createPackageIndex } from "../targets/index/package-index.js"
import type { Minted } from "../targets/index/trusted-publishing.js"
import { createImageRegistry } from "../targets/registry/image-registry.js"
import type { ImageSource } from "../targets/registry/image-source.js"
import type { RegistryPlace } from "../targets/registry/registry-api.js"
import type { Toolchain } from "../toolchain/toolchain.js"
import { pinOf } from "../toolchain/tools.js"

/** A package index, and the token for one upload. */
export interface IndexReach {
  readonly endpoints: IndexEndpoints
  readonly token: () => Promise<Minted>
}

/**
 * Addresses and credentials of a release's targets, and the bytes that it writes there (DESIGN §5, "Who talks to the
 * network"). Null where a release does not go to such a target.
 */
export interface Reach {
  readonly git: Pick<ContainerGitOptions, "url" | "credentials" | "person"> & { readonly signingKey?: Secret }
  readonly index: IndexReach | null
  readonly testIndex: IndexReach | null
  readonly image: RegistryPlace | null
  readonly forge: GitHubPlace | null
  /** Lets a container reach the targets, where it would not without. */
  readonly network: (container: Container) => Container
  readonly bytes: {
    /** A file of the release by its SHA-256, here. */
    read(sha256: string): Promise<Uint8Array>
    /** The same for the engine. */
    file(sha256: string): File
    readonly image: ImageSource
  }
}

/** What clients are made with. */
export interface ConnectOptions {
  readonly dag: Client
  readonly toolchain: Toolchain
  /** Never gives a value twice. */
  readonly nonce: () => string
}

/** Makes the clients of a release's targets: the same for real services and for those of a rehearsal. */
export function connectTargets(reach: Reach, { dag, toolchain, nonce }: ConnectOptions): ReleaseTargets {
  const { git, index, testIndex, image, forge, network, bytes } = reach
  const ask = createAsk(fetch)
  const python = toolchain.defaultPython
  const run = createContainerGit({
    ...git,
    dag,
    nonce,
    container: network(toolchain.environment({ python, apt: ["git", "openssh-client"] })),
  })
  const indexFrom = ({ endpoints, token }: IndexReach) =>
    createPackageIndex({
      ask,
      endpoints,
      token,
      upload: createContainerUpload({
        dag,
        nonce,
        url: endpoints.upload,
        file: bytes.file,
        container: network(toolchain.environment({ python, tools: [pinOf("twine")] })),
      }),
      install: createContainerInstall({
        nonce,
        simple: endpoints.simple.fromEngine,
        container: network(toolchain.python(python)),
      }),
    })
  return {
    git: createGitRemote(run),
    journals: createGitJournals(run),
    index: index && indexFrom(index),
    testIndex: testIndex && indexFrom(testIndex),
    image: image && createImageRegistry({ ...image, ask, source: bytes.image }),
    forge: forge && createGitHubForge({ ...forge, ask, bytes: bytes.read }),
    deployments: [],
  }
}
