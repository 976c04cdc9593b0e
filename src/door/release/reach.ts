import type { Client, Container, Secret } from "@dagger.io/dagger"
import type { GitHubPlace } from "../../targets/github/github-api.js"
import type { IndexEndpoints } from "../../targets/index/endpoints.js"
import type { Minted, Unminted } from "../../targets/index/trusted-publishing.js"
import type { RegistryPlace } from "../../targets/registry/registry-api.js"

/** An index, and who uploads to it. */
export interface IndexPlace {
  readonly endpoints: IndexEndpoints
  /** Gives a token for one upload. */
  readonly token: () => Promise<Minted>
  /** What stands against a token, where finding out by asking for one would use it up. */
  readonly foresee?: () => Promise<Unminted | undefined>
}

/** The git remote as containers reach it, and who speaks to it. */
export interface GitPlace {
  /** `https://…` or `ssh://…`. */
  readonly url: string
  readonly credentials?: { readonly user: string; readonly token: Secret }
}

/** Where the targets of a release are, and who speaks to them: the real services, or those of a rehearsal. */
export interface Reach {
  readonly git: GitPlace
  /** Lets a container reach them. */
  readonly bind: (container: Container, dag: Client) => Container
  /** @param name as the plan names it: `pypi`, or an address */
  index(name: string, which: "index" | "test-index"): IndexPlace
  /** @param name as the plan names it: `ghcr.io/owner/name` */
  registry(name: string): RegistryPlace
  /** Null where nobody knows the repository's name on GitHub. */
  github(): GitHubPlace | null
}
