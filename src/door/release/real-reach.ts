import type { Client, Container } from "@dagger.io/dagger"
import { findForge } from "../../release/notes/forge.js"
import type { ReleasePolicy } from "../../release/policy-settings.js"
import { createAsk } from "../../targets/http/exchange.js"
import { endpointsOf } from "../../targets/index/endpoints.js"
import { placeOf } from "../../targets/registry/registry-api.js"
import { gitAddress } from "./git-address.js"
import { indexPlace } from "./index-place.js"
import type { Reach } from "./reach.js"

/** Credentials and what a CI system says, by the names that docs/releasing.md lists. */
export type Variables = Readonly<Record<string, string | undefined>>

/** User name and password for a registry. */
export interface RegistryLogin {
  readonly user: string
  readonly password: string
}

/** What the way to the real services follows from. */
export interface RealReachParts {
  readonly dag: Client
  readonly env: Variables
  /** Address of the git remote, as git knows it. */
  readonly remote: string
  readonly links: ReleasePolicy["links"]
  /** Who speaks to a registry, where no variable says so. */
  readonly registryLogin: (host: string) => Promise<RegistryLogin | undefined>
  /** Lets a container speak SSH as the person does. */
  readonly overSsh: (container: Container) => Container
  readonly fetch: typeof globalThis.fetch
}

/** The real services. Each credential is a variable: docs/releasing.md lists them. */
export function realReach(parts: RealReachParts): Reach {
  const { dag, env, remote, links } = parts
  const ask = createAsk(parts.fetch)
  const forge = findForge(remote, links)
  const github = forge?.kind === "github" ? new URL(forge.url) : undefined
  const token = gitToken(env, forge?.kind)
  const url = gitAddress(remote, token === undefined ? "as-it-is" : "https")
  return {
    git: {
      url,
      ...(token === undefined || url.startsWith("ssh:")
        ? {}
        : {
            credentials: {
              user: env.GIT_USER ?? (forge?.kind === "gitlab" ? "oauth2" : "x-access-token"),
              token: dag.setSecret("quillon-git-token", token),
            },
          }),
    },
    bind: (container) => (url.startsWith("ssh:") ? parts.overSsh(container) : container),
    index: (name, which) => indexPlace({ ask, env, endpoints: endpointsOf(name), which }),
    registry(name) {
      const place = placeOf(name)
      const { host } = new URL(place.base)
      return {
        ...place,
        credentials: async () => ownLogin(env) ?? (await parts.registryLogin(host)) ?? jobLogin(env, host),
      }
    },
    github: () =>
      github === undefined
        ? null
        : {
            api: env.GITHUB_API_URL ?? apiOf(github),
            repository: github.pathname.slice(1),
            token: async () => env.GITHUB_TOKEN ?? env.GH_TOKEN ?? "",
          },
  }
}

/** GitHub's own API has a host of its own; an enterprise server has it below its address. */
function apiOf({ host, origin }: URL): string {
  return host === "github.com" ? "https://api.github.com" : `${origin}/api/v3`
}

function gitToken(env: Variables, kind: "github" | "gitlab" | undefined): string | undefined {
  const names = {
    github: ["GIT_TOKEN", "GITHUB_TOKEN", "GH_TOKEN"],
    gitlab: ["GIT_TOKEN", "GITLAB_TOKEN"],
    none: ["GIT_TOKEN"],
  }
  return names[kind ?? "none"].map((name) => env[name]).find((value) => value !== undefined && value !== "")
}

function ownLogin({ REGISTRY_USER: user, REGISTRY_TOKEN: password }: Variables): RegistryLogin | undefined {
  return user && password ? { user, password } : undefined
}

/** In a job of GitHub's the job's own token is good for GitHub's registry. */
function jobLogin({ GITHUB_ACTOR: user, GITHUB_TOKEN: password }: Variables, host: string): RegistryLogin | undefined {
  return host === "ghcr.io" && user && password ? { user, password } : undefined
}
