import type { Client, Container } from "@dagger.io/dagger"
import { findForge } from "../../src/release/notes/forge.js"
import type { ReleasePolicy } from "../../src/release/policy-settings.js"
import { type Ask, createAsk } from "../../src/targets/http/exchange.js"
import { endpointsOf } from "../../src/targets/index/endpoints.js"
import { mintToken } from "../../src/targets/index/trusted-publishing.js"
import { placeOf } from "../../src/targets/registry/registry-api.js"
import type { Io } from "../io.js"
import { indexTokenName } from "./credential-names.js"
import { gitAddress } from "./git-address.js"
import type { IndexPlace, Reach } from "./reach.js"
import { registryCredentials } from "./registry-credentials.js"

/** What the way to the real services follows from. */
export interface RealReachParts {
  readonly dag: Client
  readonly env: Io["env"]
  /** Address of the git remote, as git knows it. */
  readonly remote: string
  readonly links: ReleasePolicy["links"]
  /** Text of the person's `known_hosts`; empty where there is none. */
  readonly knownHosts: string
  readonly fetch: typeof globalThis.fetch
}

/** The real services. Each credential is a variable of the environment: docs/releasing.md lists them. */
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
    bind: (container) => (url.startsWith("ssh:") ? withAgent(container, parts) : container),
    index: (name, which) => indexPlace(ask, { env, name, which }),
    registry(name) {
      const place = placeOf(name)
      return { ...place, credentials: () => registryCredentials(env, new URL(place.base).host) }
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

function gitToken(env: Io["env"], kind: "github" | "gitlab" | undefined): string | undefined {
  const names = {
    github: ["GIT_TOKEN", "GITHUB_TOKEN", "GH_TOKEN"],
    gitlab: ["GIT_TOKEN", "GITLAB_TOKEN"],
    none: ["GIT_TOKEN"],
  }
  return names[kind ?? "none"].map((name) => env[name]).find((value) => value !== undefined && value !== "")
}

interface IndexWish {
  readonly env: Io["env"]
  readonly name: string
  readonly which: "index" | "test-index"
}

function indexPlace(ask: Ask, { env, name, which }: IndexWish): IndexPlace {
  const endpoints = endpointsOf(name)
  const variable = indexTokenName(name, which)
  const token = env[variable] === "" ? undefined : env[variable]
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: request } = env
  return {
    endpoints,
    async token() {
      if (token !== undefined) return { kind: "token", token }
      if (endpoints.exchange !== undefined && url !== undefined && request !== undefined) {
        return mintToken(ask, endpoints.exchange, { url, token: async () => request })
      }
      const next = `export ${variable}=…, or release from a job that ${name} trusts`
      return { kind: "refused", why: `there is no token for ${name}`, next }
    },
  }
}

const SOCKET = "/run/ssh-agent.sock"

/** The person's agent answers for the key; nothing of the key is in the container. */
function withAgent(container: Container, { dag, env, knownHosts }: RealReachParts): Container {
  const known = container
    .withNewFile("/quillon/known_hosts", knownHosts)
    .withEnvVariable("GIT_SSH_COMMAND", "ssh -o BatchMode=yes -o UserKnownHostsFile=/quillon/known_hosts")
  const { SSH_AUTH_SOCK: socket } = env
  if (socket === undefined || socket === "") return known
  return known.withUnixSocket(SOCKET, dag.host().unixSocket(socket)).withEnvVariable("SSH_AUTH_SOCK", SOCKET)
}
