import { createHash } from "node:crypto"
import { readFile, rm } from "node:fs/promises"
import { homedir } from "node:os"
import { join } from "node:path"
import type { Access } from "../../rehearsal/access.js"
import { findHolder } from "../../rehearsal/ask-holder.js"
import { type Observed, observeRehearsal } from "../../rehearsal/observe.js"
import { openRehearsal } from "../../rehearsal/open-rehearsal.js"
import { readAccess, rehearsalFolder, writeAccess } from "../../rehearsal/state-folder.js"
import type { Reach } from "../../src/door/release/reach.js"
import { realReach } from "../../src/door/release/real-reach.js"
import { QuillonError } from "../../src/errors.js"
import { createAsk } from "../../src/targets/http/exchange.js"
import { cacheFolder } from "../cache-folder.js"
import type { Engine } from "../engine.js"
import { git } from "../git-facts.js"
import type { Io } from "../io.js"
import type { KnownProject } from "../known-project.js"
import { dockerLogin } from "./docker-login.js"
import { rehearsalReach } from "./rehearsal-reach.js"
import { rehearsedIdentity } from "./rehearsed-identity.js"
import { withAgent } from "./ssh-agent.js"

/** Targets that are open for a release. */
export interface OpenTargets {
  readonly reach: Reach
  /** Folder of the bare repository that stands in for the remote; absent with real targets. */
  readonly repository?: string
  /** Tells everything that stands on the targets, whoever put it there; absent with real targets. */
  readonly observe?: () => Promise<readonly Observed[]>
  /** Ends what was started for this process alone. */
  close(): Promise<void>
}

/** Which targets. */
export interface TargetsWish {
  readonly io: Io
  readonly engine: Engine
  readonly known: KnownProject
}

/** The real services. @throws QuillonError NO_REMOTE */
export async function openRealTargets({ io, engine, known }: TargetsWish): Promise<OpenTargets> {
  const { folder, settings } = known
  const url = (await git(folder, ["config", "--get", "remote.origin.url"]))?.trim()
  const first = url === undefined ? (await git(folder, ["remote"]))?.split("\n")[0]?.trim() : undefined
  const remote = url ?? (first && (await git(folder, ["config", "--get", `remote.${first}.url`]))?.trim())
  if (remote === undefined || remote === "") throw noRemote(folder)
  const hosts = join(io.env.HOME ?? homedir(), ".ssh", "known_hosts")
  const knownHosts = await readFile(hosts, "utf8").catch(() => "")
  const { links } = settings.release
  const { dag } = engine
  const { env } = io
  const reach = realReach({
    dag,
    env,
    remote,
    links,
    registryLogin: (host) => dockerLogin(env, host),
    overSsh: (container) => withAgent(container, { dag, env, knownHosts }),
    fetch,
  })
  return { reach, close: async () => {} }
}

/**
 * The targets of the rehearsal that is up; where none is, a rehearsal of this project's own, which ends with this
 * process. It begins empty, unless what an earlier one left is asked for.
 */
export async function openRehearsedTargets(
  { io, engine, known }: TargetsWish,
  state: "fresh" | "kept",
): Promise<OpenTargets> {
  const { dag } = engine
  const cache = cacheFolder(io.env)
  const shared = rehearsalFolder(cache)
  const talk = { dag, env: io.env, ask: createAsk(fetch) }
  const opened = async (access: Access, folder: string): Promise<Omit<OpenTargets, "close">> => ({
    reach: rehearsalReach({ ...talk, access, identity: await rehearsedIdentity({ ...talk, access }) }),
    repository: join(folder, "git", "project.git"),
    observe: () => observeRehearsal({ folder, access, fetch }),
  })
  if ((await findHolder(shared)) !== undefined) {
    return { ...(await opened(await readAccess(shared), shared)), close: async () => {} }
  }
  const own = createHash("sha256").update(known.folder).digest("hex").slice(0, 12)
  const folder = join(cache, "rehearsals", own)
  if (state === "fresh") await rm(folder, { recursive: true, force: true })
  const rehearsal = await openRehearsal({
    folder,
    access: await readAccess(folder),
    dag,
    settings: known.settings,
    searchPath: io.env.PATH ?? "",
    now: Date.now,
  })
  await writeAccess(folder, rehearsal.access)
  return { ...(await opened(rehearsal.access, folder)), close: () => rehearsal.close() }
}

function noRemote(folder: string): QuillonError {
  return new QuillonError({
    code: "NO_REMOTE",
    message: `the repository of ${folder} has no remote, so there is nowhere to release to`,
    next: "git remote add origin …, or try it out: quillon release --rehearse",
    kind: "usage",
  })
}
