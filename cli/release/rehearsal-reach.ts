import type { Client } from "@dagger.io/dagger"
import { type Access, addressOf, type ServerName, USERS } from "../../rehearsal/access.js"
import { bindRehearsal } from "../../rehearsal/bind.js"
import { indexTokenName } from "../../src/door/release/credential-names.js"
import { indexPlace } from "../../src/door/release/index-place.js"
import type { Reach } from "../../src/door/release/reach.js"
import type { Variables } from "../../src/door/release/real-reach.js"
import type { Ask } from "../../src/targets/http/exchange.js"

/** Path of the repository below the address of the rehearsal's git remote. */
const REPOSITORY = "/project.git"

/** What the throw-away targets of a rehearsal are reached with. */
export interface RehearsalReachParts {
  readonly dag: Client
  readonly access: Access
  readonly ask: Ask
  /** How the job proves who it is to the rehearsal's indexes; empty where it has no such proof. */
  readonly identity: Variables
  /** The person's own variables: who would release with a token rehearses with one. */
  readonly env: Variables
}

/** The throw-away targets of a rehearsal in place of the real ones, under the names that the plan gives them. */
export function rehearsalReach({ dag, access, ask, identity, env }: RehearsalReachParts): Reach {
  const at = (server: ServerName) => addressOf(access, server)
  const { credentials, repository, id } = access
  return {
    git: {
      url: `${at("git").fromEngine}${REPOSITORY}`,
      credentials: { user: USERS.git, token: dag.setSecret(`quillon-rehearsal-git-${id}`, credentials.git) },
    },
    bind: bindRehearsal(dag, access),
    index(name, which) {
      const server = which === "index" ? "pypi" : "testpypi"
      const { fromHere, fromEngine } = at(server)
      const endpoints = {
        name,
        upload: `${fromEngine}/legacy/`,
        simple: { fromHere: `${fromHere}/simple/`, fromEngine: `${fromEngine}/simple/` },
        exchange: fromHere,
        page: (project: string) => `${fromHere}/simple/${project}/`,
      }
      const variable = indexTokenName(name, which)
      const proves = Object.keys(identity).length > 0 && !env[variable]
      return indexPlace({ ask, env: proves ? identity : { [variable]: credentials[server] }, endpoints, which })
    },
    registry: (name) => ({
      name,
      base: at("registry").fromHere,
      repository,
      credentials: async () => ({ user: USERS.registry, password: credentials.registry }),
    }),
    github: () => ({ api: at("github").fromHere, repository, token: async () => credentials.github }),
  }
}
