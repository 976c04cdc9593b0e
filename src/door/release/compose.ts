import type { Container, Directory, File } from "@dagger.io/dagger"
import type { ReleaseTargets } from "../../release/execute/world.js"
import type { RemoteRefs } from "../../release/facts.js"
import type { ReleasePlan } from "../../release/plan/schema.js"
import { TOOL_PINS } from "../../stages/tool-pins.js"
import { type ContainerGitOptions, createContainerGit, createContainerTree } from "../../targets/git/container-git.js"
import { createGitJournals } from "../../targets/git/git-journals.js"
import { createGitRemote } from "../../targets/git/git-remote.js"
import { createGitHubForge } from "../../targets/github/github-forge.js"
import { createAsk } from "../../targets/http/exchange.js"
import { createContainerInstall } from "../../targets/index/container-install.js"
import { createContainerUpload } from "../../targets/index/container-upload.js"
import { createPackageIndex } from "../../targets/index/package-index.js"
import type { PackageIndex } from "../../targets/ports/package-index.js"
import { createImageRegistry } from "../../targets/registry/image-registry.js"
import type { ImageSource } from "../../targets/registry/image-source.js"
import type { Toolchain } from "../../toolchain/toolchain.js"
import type { IndexPlace, Reach } from "./reach.js"
import { REMOTE_REFS, readRefNames } from "./remote-refs.js"

/** Bytes that a release ships, by their digest: hexadecimal for files, `sha256:…` for parts of an image. */
export interface ShippedBytes {
  readonly bytes: (sha256: string) => Promise<Uint8Array>
  readonly file: (sha256: string) => File
  readonly image: ImageSource
}

/** What clients of targets are made of. */
export interface ComposeParts extends Pick<ContainerGitOptions, "dag" | "person" | "nonce" | "signingKey"> {
  readonly reach: Reach
  readonly toolchain: Toolchain
  readonly shipped: ShippedBytes
  readonly fetch: typeof globalThis.fetch
}

/** The git remote of a release, and the files of its commits. */
export interface GitSide extends Pick<ReleaseTargets, "git" | "journals"> {
  readonly treeOf: (commit: string) => Promise<Directory>
  /** What the remote tells by the names of its refs; null where it gives no answer. */
  readonly remoteRefs: () => Promise<RemoteRefs | null>
}

/** Clients of the git remote: what there is before anything is planned. */
export function composeGit(parts: Omit<ComposeParts, "shipped" | "fetch">): GitSide {
  const { dag, reach, toolchain, person, signingKey, nonce } = parts
  const { url, credentials } = reach.git
  const keys = url.startsWith("ssh:") || signingKey !== undefined ? ["openssh-client"] : []
  const container = toolchain.environment({ python: toolchain.defaultPython, apt: ["git", ...keys] })
  const options: ContainerGitOptions = {
    dag,
    container: reach.bind(container, dag),
    url,
    person,
    nonce,
    ...(credentials === undefined ? {} : { credentials }),
    ...(signingKey === undefined ? {} : { signingKey }),
  }
  const run = createContainerGit(options)
  return {
    git: createGitRemote(run),
    journals: createGitJournals(run),
    treeOf: createContainerTree(options),
    async remoteRefs() {
      const result = await run({ operation: "refs", patterns: REMOTE_REFS })
      return result.kind === "refs" ? readRefNames(Object.keys(result.refs)) : null
    },
  }
}

/** Clients of all places that a plan names; what none of our clients serves is left out, and preflight says so. */
export function composeTargets(
  { steps }: Pick<ReleasePlan, "steps">,
  { git, journals }: Pick<GitSide, "git" | "journals">,
  parts: ComposeParts,
): ReleaseTargets {
  const { reach, shipped, fetch } = parts
  const ask = createAsk(fetch)
  const target = (id: string) => steps.find((step) => step.id === id)?.target
  const index = (which: "index" | "test-index") => {
    const name = target(which)
    return name === undefined ? null : packageIndex(reach.index(name, which), parts)
  }
  const registry = target("image")
  const github = target("stage") === "github" ? reach.github() : null
  return {
    git,
    journals,
    index: index("index"),
    testIndex: index("test-index"),
    image:
      registry === undefined ? null : createImageRegistry({ ask, source: shipped.image, ...reach.registry(registry) }),
    forge: github === null ? null : createGitHubForge({ ask, bytes: shipped.bytes, ...github }),
    deployments: [],
  }
}

function packageIndex({ endpoints, token, foresee }: IndexPlace, parts: ComposeParts): PackageIndex {
  const { dag, toolchain, reach, shipped, nonce, fetch } = parts
  const python = toolchain.defaultPython
  const bound = (container: Container) => reach.bind(container, dag)
  const twine = toolchain.environment({ python, tools: [`twine==${TOOL_PINS.twine}`] })
  return createPackageIndex({
    ask: createAsk(fetch),
    endpoints,
    token,
    ...(foresee === undefined ? {} : { foresee }),
    upload: createContainerUpload({
      dag,
      container: bound(twine),
      url: endpoints.upload,
      file: shipped.file,
      nonce,
    }),
    install: createContainerInstall({
      container: bound(toolchain.python(python)),
      simple: endpoints.simple.fromEngine,
      nonce,
    }),
  })
}
