import { hostname } from "node:os"
import type { Container, Secret } from "@dagger.io/dagger"
import { QuillonError } from "../../errors.js"
import { createDirectoryFiles } from "../../project/directory-files.js"
import { inspectProject } from "../../project/inspect.js"
import { executeRelease, type ReleaseOrder } from "../../release/execute/execute-release.js"
import { exitCodeOfRelease } from "../../release/execute/exit-code.js"
import { readTrace } from "../../release/execute/read-trace.js"
import type { ReleaseEnd } from "../../release/execute/release-end.js"
import { statusOf } from "../../release/execute/status.js"
import type { ReleasePlan } from "../../release/plan/schema.js"
import { createCommitFiles } from "../../targets/commit-files.js"
import { gatherGitFacts } from "../../targets/git-facts.js"
import { createToolchain } from "../../toolchain/create-toolchain.js"
import { noRepository, type ReleaseCaller } from "../module-release.js"
import { planFor } from "../plan.js"
import { repositoryGit } from "../repository.js"
import { type BegunRelease, named, presentName, unfinishedRelease } from "./choose.js"
import { createDesk } from "./desk.js"
import { moduleBench } from "./module-bench.js"
import { type ReleaseLine, releaseLines } from "./module-text.js"
import type { Reach } from "./reach.js"
import { realReach, type Variables } from "./real-reach.js"
import { recordedPlan } from "./recorded-plan.js"

/** A caller of the module who releases. */
export interface Releaser extends ReleaseCaller {
  /** Credentials that he handed in, by the names that docs/releasing.md lists. */
  readonly variables: () => Promise<Variables>
  /** Other secrets, which settings name. @throws QuillonError `MISSING_SECRET` */
  readonly secret: (name: string) => Secret
  /** Targets in place of the real services. */
  readonly reach?: Reach
}

/** What a caller may ask of a release. */
export interface ReleaseWish {
  /** Also from a holder of whom nobody knows whether he lives. */
  readonly takeOver?: boolean
}

/**
 * Carries out the caller's next release, or finishes the one that was begun; gives the lines that tell of it. To call it
 * is to want it: nobody is asked.
 *
 * @throws Error that begins with `failed:` or `could not look:` where it did not end well
 */
export async function releaseFor(caller: Releaser, { takeOver = false }: ReleaseWish): Promise<string> {
  const { desk, plan } = await open(caller)
  const unfinished = await unfinishedRelease(desk.side)
  const chosen = unfinished === undefined ? await begin(plan) : resume(unfinished, takeOver)
  if ("reason" in chosen) return `nothing to release: ${chosen.reason}\n`
  const lines: ReleaseLine[] = []
  const targets = desk.targetsOf(chosen.plan)
  const end = await executeRelease(
    chosen.order,
    desk.world(targets, (event) => void lines.push(...releaseLines(event))),
  )
  return told(lines, end)
}

/** How a version stands at every target, as JSON: the one that is named, else the unfinished one, else the project's own. */
export async function statusFor(caller: Releaser, version?: string): Promise<string> {
  const { desk, project, settings } = await open(caller)
  const name =
    version === undefined ? await presentName(desk.side, { project, settings }) : named(version, { settings })
  const trace = await readTrace(desk.side, name)
  const status = await statusOf(trace, desk.targetsOf(recordedPlan(trace) ?? { steps: [] }))
  const rows =
    "rows" in status
      ? { rows: status.rows.map(({ act, sight }) => ({ where: act.where, what: act.what, ...sight })) }
      : {}
  return `${JSON.stringify({ ...name, ...status, ...rows }, null, 2)}\n`
}

async function begin(plan: () => ReturnType<typeof planFor>): Promise<Chosen | { readonly reason: string }> {
  const made = await plan()
  return made.kind === "nothing" ? made : { order: { kind: "start", plan: made }, plan: made }
}

interface Chosen {
  readonly order: ReleaseOrder
  readonly plan: ReleasePlan
}

function resume({ version, tag, found, plan }: BegunRelease, over: boolean): Chosen {
  return { order: { kind: "resume", version, tag, found, take: over ? "over" : "free" }, plan }
}

async function open(caller: Releaser) {
  const { dag, secret } = caller
  const found = await caller.repositoryFolder()
  if (found === null) throw noRepository()
  const { inside, folder } = found
  const { project, settings } = await inspectProject(createDirectoryFiles(caller.folder), { path: inside })
  const git = repositoryGit({ dag, project, settings }, folder)
  const [facts, variables] = await Promise.all([
    gatherGitFacts(git, { start: () => null, depth: "tags" }),
    caller.variables(),
  ])
  const holder = { kind: "process", id: crypto.randomUUID(), host: hostname(), pid: 1 } as const
  const desk = createDesk({
    dag,
    reach: caller.reach ?? reachOf(caller, { remote: facts.remote, variables, links: settings.release.links }),
    toolchain: createToolchain({ dag, settings, interpreters: project.interpreters }),
    person: personOf(variables),
    signingKey: variables.RELEASE_SIGNING_KEY,
    bench: (treeOf) => moduleBench({ dag, path: inside, secret, treeOf }),
    holder,
    // The container of another call can't be asked after.
    fateOf: async () => "unknown",
    signal: new AbortController().signal,
  })
  const filesAt = (commit: string) => createCommitFiles(git, commit, inside)
  const { commit } = facts.head
  const remoteRefs = () => desk.side.remoteRefs()
  const plan = () => planFor({ project, settings, git, commit, branch: null, filesAt, remoteRefs }, {}, Date.now())
  return { desk, plan, project, settings }
}

/** Who makes the release commit: whoever the caller names, else Quillon. */
function personOf({ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email }: Variables) {
  return name && email ? { name, email } : { name: "quillon", email: "quillon@localhost" }
}

interface ReachFacts {
  readonly remote: string | null
  readonly variables: Variables
  readonly links: Parameters<typeof realReach>[0]["links"]
}

function reachOf({ dag }: Releaser, { remote, variables: env, links }: ReachFacts): Reach {
  if (remote === null) {
    throw new QuillonError({
      code: "NO_REMOTE",
      message: "the repository has no remote, so there is nowhere to release to",
      next: "git remote add origin …",
      kind: "usage",
    })
  }
  return realReach({ dag, env, remote, links, registryLogin: async () => undefined, overSsh: refuseSsh, fetch })
}

function refuseSsh(): Container {
  throw new QuillonError({
    code: "NO_SSH_HERE",
    message: "the git remote is reached over SSH, and a module has no agent of yours",
    next: "dagger call with-secret --name GIT_TOKEN --value env://GIT_TOKEN release",
    kind: "environment",
  })
}

/** @throws Error where the release did not end well */
function told(lines: readonly ReleaseLine[], end: ReleaseEnd): string {
  const text = [...lines, ...releaseLines(end)].join("\n")
  const code = exitCodeOfRelease(end)
  if (code === 0) return `${text}\n`
  throw new Error(`${code === 1 ? "failed" : "could not look"}: ${text}`)
}
