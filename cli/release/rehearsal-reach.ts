import type { Client } from "@dagger.io/dagger"
import { type Access, addressOf, type ServerName, USERS } from "../../rehearsal/access.js"
import { bindRehearsal } from "../../rehearsal/bind.js"
import type { Reach } from "../../src/door/release/reach.js"

/** Path of the repository below the address of the rehearsal's git remote. */
const REPOSITORY = "/project.git"

/** The throw-away targets of a rehearsal in place of the real ones, under the names that the plan gives them. */
export function rehearsalReach(dag: Client, access: Access): Reach {
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
      return {
        endpoints: {
          name,
          upload: `${fromEngine}/legacy/`,
          simple: { fromHere: `${fromHere}/simple/`, fromEngine: `${fromEngine}/simple/` },
          page: (project) => `${fromHere}/simple/${project}/`,
        },
        token: async () => ({ kind: "token", token: credentials[server] }),
      }
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
