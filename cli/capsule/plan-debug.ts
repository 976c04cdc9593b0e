import { join } from "node:path"
import { readCapsuleSettings } from "../../src/capsule/capsule-settings.js"
import { withRecordedRequirements } from "../../src/capsule/recorded-resolve.js"
import type { Capsule, CapsuleCell } from "../../src/capsule/schema.js"
import { QuillonError } from "../../src/errors.js"
import { type Node, planGraph } from "../../src/pipeline/graph.js"
import { definePipeline } from "../../src/pipeline/pipeline.js"
import type { CellReport } from "../../src/pipeline/report.js"
import { pythonStages } from "../../src/stages/python-stages.js"
import { chooseCell } from "../debug/choose-cell.js"
import type { DebugPlan } from "../debug/go-to-cell.js"
import { type DebugRequest, debugLine } from "../debug/request.js"
import { findGitRoot } from "../git-facts.js"
import type { Io } from "../io.js"
import { knowProject } from "../known-project.js"
import { neutraliseLine } from "../neutralise.js"
import { planRun } from "../run-plan.js"
import { namedSecrets } from "../wrappers/named-secrets.js"
import { checkOut, makeTreeFolder, removeTree } from "./check-out.js"
import { layChanges } from "./lay-changes.js"
import { type OpenedCapsule, openCapsule } from "./open-capsule.js"

/** A plan that a capsule gave, in a tree of its own. */
export interface CapsulePlan extends DebugPlan {
  readonly opened: OpenedCapsule
  /** The temporary tree; whoever has the plan removes it. */
  readonly root: string
  /** The cell and all that it takes from. */
  readonly nodes: readonly Node[]
  /** Interpreters of these cells, and of their tools. */
  readonly pythons: readonly string[]
  /** Names of secrets that are handed over. */
  readonly secrets: readonly string[]
}

/** What is asked of a capsule. */
export interface CapsuleRequest extends DebugRequest {
  readonly capsule: NonNullable<DebugRequest["capsule"]>
  readonly version: string
  readonly signal: AbortSignal
}

/**
 * Makes the tree of a run again, and plans to stand at a cell of it. All that can be refused without an engine is refused.
 *
 * @throws QuillonError CAPSULE_WITHOUT_COMMIT, WHICH_STAGE, MISSING_SECRET, and what opening and checking out throws
 */
export async function planFromCapsule(io: Io, request: CapsuleRequest): Promise<CapsulePlan> {
  const { path, word } = request.capsule
  const opened = await openCapsule(io, path, word)
  const { capsule } = opened
  const settings = readCapsuleSettings(capsule, { where: word, version: request.version })
  const name = request.name ?? firstWrong(capsule, request)
  const root = await makeTreeFolder()
  try {
    await makeTree(io, opened, { root, signal: request.signal })
    const known = await knowProject(io, join(root, projectPath(capsule)), settings)
    const own = definePipeline(pythonStages)
    const { project } = known
    const { nodes, defaults } = planGraph({ pipeline: own, project, settings, selection: { only: [name] } })
    const cell = chooseCell(name, nodes, { cells: opened.report?.cells ?? capsule.cells.map(reportOf) })
    const needed = neededBy(nodes, cell.address)
    const secrets = namedSecrets(settings, [...new Set(needed.map(({ stage }) => stage.name))])
    refuseMissing(io, secrets, { request, address: cell.address })
    const gives = needed.find(({ address }) => address === cell.address)?.stage.gives ?? []
    const { args, timeout } = capsule.request
    const options = await planRun(request.run, known)
    return {
      known,
      // Whoever wants to stand where requirements are resolved wants to see that.
      pipeline: gives.includes("requirements") ? own : withRecordedRequirements(own, capsule),
      options: {
        ...options,
        ...(isAskedFor(capsule, cell.address) ? { args } : {}),
        ...(options.timeoutSeconds === undefined && timeout !== undefined ? { timeoutSeconds: timeout } : {}),
      },
      cell,
      recorded: { buildRequirements: (address) => Object.values(capsule.buildRequirements[address] ?? {})[0] },
      opened,
      root,
      nodes: needed,
      pythons: [
        ...new Set([defaults.tools, defaults.cells, ...needed.flatMap(({ cell: { python } }) => python ?? [])]),
      ],
      secrets,
    }
  } catch (error) {
    removeTree(root)
    throw error
  }
}

async function makeTree(
  { cwd, stderr }: Pick<Io, "cwd" | "stderr">,
  { capsule, folder, typed }: OpenedCapsule,
  { root, signal }: { readonly root: string; readonly signal: AbortSignal },
): Promise<void> {
  const { commit, remote, changes } = capsule
  if (commit === null) throw withoutCommit(capsule, typed)
  const roots = await Promise.all([cwd, folder].map((each) => findGitRoot(each).catch(() => undefined)))
  const nearby = [...new Set(roots.filter((each) => each !== undefined))]
  const { from } = await checkOut(root, { commit, remote, nearby }, signal)
  await layChanges(root, changes.files)
  const count = changes.files.length
  const changed = count === 0 ? "" : `, with ${count} changed ${count === 1 ? "file" : "files"}`
  stderr.write(`${neutraliseLine(`run ${capsule.id}: commit ${commit.slice(0, 12)} of ${from}${changed}`)}\n`)
}

/** A path comes from somewhere else: it must not lead out of the tree. */
function projectPath({ project: { path } }: Capsule): string {
  return path.split("/").includes("..") ? "." : path
}

function firstWrong({ id, cells }: Capsule, request: CapsuleRequest): string {
  const wrong = cells.find(({ outcome }) => outcome === "failed" || outcome === "errored")
  if (wrong !== undefined) return wrong.address
  throw new QuillonError({
    code: "WHICH_STAGE",
    message: `no cell of run ${id} went wrong, so that you must say where you want to stand`,
    next: debugLine(request, cells.find(({ outcome }) => outcome === "passed")?.address ?? "test"),
    kind: "usage",
  })
}

function neededBy(nodes: readonly Node[], address: string): readonly Node[] {
  const needed = new Set([address])
  for (const node of [...nodes].reverse()) {
    if (needed.has(node.address)) for (const { from } of node.edges) for (const each of from) needed.add(each)
  }
  return nodes.filter((node) => needed.has(node.address))
}

/** Arguments were for the stages that were asked for by name. */
function isAskedFor({ request: { only = [] } }: Capsule, address: string): boolean {
  return only.includes(address) || only.includes(address.split("@")[0] ?? "")
}

function reportOf({ address, outcome, reason }: CapsuleCell): CellReport {
  const [stage = "", cell = ""] = address.split("@")
  const nothing = { seconds: 0, cached: null, attempts: 1, tools: [], measures: {}, findings: [], artifacts: [] }
  return { stage, cell, outcome, ...(reason === undefined ? {} : { reason }), ...nothing }
}

function refuseMissing(
  { env }: Pick<Io, "env">,
  secrets: readonly string[],
  { request, address }: { readonly request: DebugRequest; readonly address: string },
): void {
  const missing = secrets.filter((name) => !env[name])
  if (missing.length === 0) return
  const many = missing.length > 1
  throw new QuillonError({
    code: "MISSING_SECRET",
    message: `${address} needs the ${many ? "secrets" : "secret"} ${missing.join(", ")}, and there is none of ${many ? "these names" : "that name"} in the environment`,
    next: `${missing.map((name) => `${name}=…`).join(" ")} ${debugLine(request, address)}`,
    kind: "environment",
  })
}

function withoutCommit({ id }: Capsule, typed: string): QuillonError {
  return new QuillonError({
    code: "CAPSULE_WITHOUT_COMMIT",
    message: `run ${id} in ${typed} looked at a folder that git had no commit of, so that its files can't be had again`,
    next: "stand in the project's own folder: quillon debug <stage>",
    kind: "usage",
  })
}
