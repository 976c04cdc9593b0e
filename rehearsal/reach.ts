import type { Client } from "@dagger.io/dagger"
import type { IndexReach, Reach } from "../src/door/connect-targets.js"
import { createAsk } from "../src/targets/http/exchange.js"
import { type IdentityRequest, mintToken } from "../src/targets/index/trusted-publishing.js"
import { type Access, addressOf, USERS } from "./access.js"
import { bindRehearsal } from "./bind.js"

/** How the index lets a rehearsed release in: by a token of its owner, or as a job of the CI service. */
export type IndexLogin = "token" | "trusted-publishing"

/** The reach of a release whose targets are those of a rehearsal. */
export function reachRehearsal(
  dag: Client,
  access: Access,
  { login, ...rest }: Pick<Reach, "bytes"> & { readonly login: IndexLogin },
): Reach {
  const { credentials, repository } = access
  const ask = createAsk(fetch)
  const identity: IdentityRequest = {
    url: `${addressOf(access, "ci").fromHere}/token`,
    token: async () => credentials.ci,
  }
  const index = (name: "pypi" | "testpypi"): IndexReach => {
    const { fromHere, fromEngine } = addressOf(access, name)
    return {
      endpoints: {
        name,
        upload: `${fromEngine}/legacy/`,
        simple: { fromHere: `${fromHere}/simple/`, fromEngine: `${fromEngine}/simple/` },
        exchange: fromHere,
        page: (project) => `${fromHere}/simple/${project}/`,
      },
      token:
        login === "token"
          ? async () => ({ kind: "token", token: credentials[name] })
          : () => mintToken(ask, fromHere, identity),
    }
  }
  return {
    ...rest,
    git: {
      url: `${addressOf(access, "git").fromEngine}/project.git`,
      credentials: { user: USERS.git, token: dag.setSecret(`rehearsal-git-${access.id}`, credentials.git) },
      person: { name: "A rehearsal", email: "rehearsal@example.org" },
    },
    index: index("pypi"),
    testIndex: index("testpypi"),
    image: {
      name: `rehearsal/${repository}`,
      base: addressOf(access, "registry").fromHere,
      repository,
      credentials: async () => ({ user: USERS.registry, password: credentials.registry }),
    },
    forge: { api: addressOf(access, "github").fromHere, repository, token: async () => credentials.github },
    network: bindRehearsal(dag, access),
  }
}
