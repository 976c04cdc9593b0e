import type { Project } from "../project/project.js"
import type { Artifact } from "./artifact.js"
import { reportBaseline } from "./baseline-report.js"
import type { Address } from "./cell.js"
import { reportOfSkip } from "./cell-report.js"
import { type CellEnd, runCell } from "./cell-run.js"
import { findDefaultPythons } from "./default-pythons.js"
import type { PlannedCell } from "./event.js"
import { type Graph, type Node, planGraph } from "./graph.js"
import type { Outcome } from "./outcome.js"
import type { Pipeline } from "./pipeline.js"
import { readinessOf } from "./readiness.js"
import type { CellReport, Report } from "./report.js"
import { outcomeOf } from "./run-outcome.js"
import type { Selection } from "./selection.js"
import type { RunFacts, RunOptions, World } from "./world.js"

/**
 * Runs a pipeline on a project: cells in parallel as soon as what they take is there, a failing cell never hiding
 * its sisters. Resolves with the report whatever the cells come to.
 *
 * @throws QuillonError when the selection names what is not there. Anything else thrown is a bug.
 */
export async function runPipeline(pipeline: Pipeline, world: World, options: RunOptions & Selection): Promise<Report> {
  const began = world.clock()
  const { project, settings, facts } = world
  const plan = { pipeline, project, settings, selection: options }
  const { nodes, pythons } = planGraph(plan)
  world.emit({
    kind: "run-started",
    id: facts.id,
    at: began,
    project: { name: project.name, ...(project.version === undefined ? {} : { version: project.version }) },
    cells: nodes.map(plannedCell),
  })
  const images = new Map(pythons.map((python) => [python, look(facts, python)]))
  const hasImage = async (python: string) => (await (images.get(python) ?? look(facts, python))).there
  const defaults = await findDefaultPythons({ project, settings, pythons }, hasImage)
  const cells = await walk(planGraph({ ...plan, defaults }), world, options)
  const ended = world.clock()
  const report: Report = {
    schema: 1,
    id: facts.id,
    started: new Date(began).toISOString(),
    project: {
      name: project.name,
      ...(project.version === undefined ? {} : { version: project.version }),
      path: project.path,
      ...homeOf(project),
    },
    commit: facts.commit,
    dirty: facts.dirty,
    engine: facts.engine,
    images: (await Promise.all(images.values())).flatMap(({ image }) => image ?? []),
    outcome: outcomeOf(cells),
    seconds: (ended - began) / 1000,
    cells: [...cells],
    ...(world.baseline === undefined
      ? {}
      : { baseline: reportBaseline(world.baseline, { pipeline, cells, narrowed: (options.args ?? []).length > 0 }) }),
  }
  world.emit({ kind: "run-finished", at: ended, report })
  return report
}

function homeOf({ evidence }: Project): Pick<Report["project"], "file"> {
  const origin = evidence.map((each) => each.origin).find((each) => each !== "default")
  return origin === undefined ? {} : { file: origin.file }
}

/** An image that could not be looked at counts as there: its cells say what is wrong. */
async function look({ image }: RunFacts, python: string) {
  try {
    const found = await image(python)
    return { there: found !== undefined, image: found }
  } catch {
    return { there: true, image: undefined }
  }
}

function plannedCell(node: Node): PlannedCell {
  return {
    address: node.address,
    stage: node.stage.name,
    cell: node.cell.key,
    title: node.stage.title,
    after: node.edges.flatMap(({ from }) => from),
  }
}

/** Ends when every cell has ended. Cells start in the graph's order, at most `jobs` at once. */
async function walk(graph: Graph, world: World, options: RunOptions): Promise<readonly CellReport[]> {
  const ended = new Map<Address, Pick<CellEnd, "outcome" | "looked">>()
  const given = new Map<Address, readonly Artifact[]>()
  const reports = new Map<Address, CellReport>()
  const running = new Map<Address, Promise<void>>()
  const reporting: Promise<void>[] = []
  const stop = new AbortController()
  const signal = AbortSignal.any([world.signal, stop.signal])
  const stopped = new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener("abort", () => resolve(), { once: true })
  })

  const tell = (node: Node, report: CellReport): void => {
    reports.set(node.address, report)
    world.emit({ kind: "cell-finished", address: node.address, at: world.clock(), report })
  }
  const skip = (node: Node, outcome: Outcome & { kind: "skipped" }): void => {
    ended.set(node.address, { outcome, looked: false })
    tell(node, reportOfSkip(node, { outcome }))
  }
  const run = async (node: Node): Promise<void> => {
    const asked = argsFor(node, options)
    const cell = await runCell(world, node, { given, options: asked, defaultPython: graph.defaults.tools })
    if (ended.has(node.address)) return
    given.set(node.address, cell.artifacts)
    running.delete(node.address)
    ended.set(node.address, cell)
    reporting.push(cell.report.then((report) => tell(node, report)))
    if (options.failFast && (cell.outcome.kind === "failed" || cell.outcome.kind === "errored")) stop.abort()
  }

  for (;;) {
    if (signal.aborted) break
    let settled = false
    for (const node of graph.nodes) {
      if (ended.has(node.address) || running.has(node.address)) continue
      const readiness = readinessOf(node, ended)
      if (readiness.kind === "skip") {
        skip(node, { kind: "skipped", reason: readiness.reason, skip: readiness.skip })
        settled = true
      } else if (readiness.kind === "start" && running.size < options.jobs) {
        running.set(node.address, run(node))
      }
    }
    if (settled) continue
    if (running.size === 0) break
    await Promise.race([stopped, ...running.values()])
  }
  for (const node of graph.nodes) {
    if (!ended.has(node.address)) skip(node, { kind: "skipped", reason: "cancelled", skip: "cancelled" })
  }
  await Promise.all(reporting)
  return graph.nodes.map((node) => reports.get(node.address) as CellReport)
}

/** Arguments after `--` are for the stages that were asked for by name, not for those that they need. */
function argsFor(node: Node, options: RunOptions & Selection): RunOptions {
  const asked = (options.only ?? []).some((name) => name === node.stage.name || name === node.address)
  const { args, ...others } = options
  return asked && args !== undefined ? { ...others, args } : others
}
