import { join } from "node:path"
import type { Client } from "@dagger.io/dagger"
import bcrypt from "bcryptjs"
import type { ToolchainSettings } from "../src/toolchain/settings.js"
import { type Access, SERVERS, type ServerName, USERS } from "./access.js"
import { imageRegistry, packageServer, tunnelTo } from "./backends.js"
import { createFaults, type Faults } from "./faults/fault.js"
import { withFaults } from "./faults/fault-proxy.js"
import { openRequestLog, type RequestLog } from "./faults/request-log.js"
import { type GitRemoteServer, openGitRemote } from "./git/git-remote.js"
import { tagsOf } from "./git/hosted-tags.js"
import { type GitHubServer, openGitHub } from "./github/github-server.js"
import type { Handler } from "./http/exchange.js"
import { forwardTo } from "./http/forward.js"
import { type Listening, listen } from "./http/listen.js"
import { type IndexServer, openIndex } from "./index/index-server.js"
import { createIssuer } from "./oidc/issuer.js"

/** What a rehearsal is opened with. */
export interface RehearsalOptions {
  /** Folder of its state and logs; what is in it is kept. */
  readonly folder: string
  /** Names, credentials and, where they are not 0 and free, ports. */
  readonly access: Access
  /** A session that lives as long as the rehearsal: servers in containers end with it. */
  readonly dag: Client
  readonly settings: ToolchainSettings
  /** Search path for git. */
  readonly searchPath: string
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Throw-away targets that listen on loopback, each behind a proxy that logs and that can be told to fail. */
export interface Rehearsal {
  /** With the ports that were taken. */
  readonly access: Access
  readonly git: GitRemoteServer
  readonly pypi: IndexServer
  readonly testpypi: IndexServer
  readonly github: GitHubServer
  readonly faults: Readonly<Record<ServerName, Faults>>
  readonly logs: Readonly<Record<ServerName, Pick<RequestLog, "read">>>
  close(): Promise<void>
}

/** Opens all targets. @throws QuillonError GIT_MISSING, and what the engine throws where a container can't be made */
export async function openRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const { folder, access, dag, settings, searchPath, now } = options
  const { credentials, repository, id } = access
  const ports: Record<string, number> = { ...access.ports }
  const backends = { dag, settings, volumes: `quillon-rehearsal-${id}` }
  const [git, pypiserver, testpypiserver, registry] = await Promise.all([
    openGitRemote({ folder: join(folder, "git"), tokens: { [credentials.git]: "write" }, searchPath }),
    tunnelTo(dag, packageServer(backends, "pypi")),
    tunnelTo(dag, packageServer(backends, "testpypi")),
    tunnelTo(dag, imageRegistry(backends, await htpasswd(credentials.registry))),
  ])
  const issuer = createIssuer({ requestToken: credentials.ci, repository, workflow: "release", now })
  const index = (audience: "pypi" | "testpypi", behind: string) =>
    openIndex({
      ledger: join(folder, audience, "ledger.json"),
      behind: forwardTo(() => behind),
      tokens: { [credentials[audience]]: { user: "rehearsal" } },
      audience,
      publishers: [{ repository, workflow: "release", identity: { user: "rehearsal" } }],
      readClaims: issuer.read,
      now,
    })
  const [pypi, testpypi] = [index("pypi", pypiserver), index("testpypi", testpypiserver)]
  const github = openGitHub({
    folder: join(folder, "github"),
    repository,
    tags: tagsOf(git),
    tokens: { [credentials.github]: "write" },
    now,
    uploads: (api) => api.replace(/:\d+$/, `:${ports.uploads}`),
  })
  const handlers: Readonly<Record<ServerName, Handler>> = {
    git: git.handler,
    pypi: pypi.handler,
    testpypi: testpypi.handler,
    registry: forwardTo(() => registry),
    github: github.api,
    uploads: github.uploads,
    ci: issuer.handler,
  }
  const fronts = SERVERS.map((name) => {
    const faults = createFaults()
    const log = openRequestLog(join(folder, "logs", `${name}.jsonl`), now)
    return { name, faults, log, handler: withFaults(handlers[name], { faults, log }) }
  })
  const listening = await Promise.all(fronts.map(({ name, handler }) => listenAgain(handler, ports[name] ?? 0)))
  for (const [at, { name }] of fronts.entries()) ports[name] = listening[at]?.port ?? 0
  return {
    access: { ...access, ports: ports as Access["ports"] },
    git,
    pypi,
    testpypi,
    github,
    faults: byName(fronts, ({ faults }) => faults),
    logs: byName(fronts, ({ log }) => log),
    async close() {
      for (const { faults } of fronts) faults.clear()
      await Promise.all(listening.map((server) => server.close()))
    },
  }
}

/** Listens where it did before, so that addresses outlive a restart; elsewhere where somebody else has the port. */
function listenAgain(handler: Handler, port: number): Promise<Listening> {
  if (port === 0) return listen(handler)
  return listen(handler, port).catch(() => listen(handler))
}

/** The rounds are few: the password is random, so that nobody can guess it. */
async function htpasswd(password: string): Promise<string> {
  return `${USERS.registry}:${await bcrypt.hash(password, 4)}\n`
}

function byName<Front extends { readonly name: ServerName }, T>(fronts: readonly Front[], pick: (front: Front) => T) {
  return Object.fromEntries(fronts.map((front) => [front.name, pick(front)])) as Readonly<Record<ServerName, T>>
}
