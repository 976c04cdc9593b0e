import type { Container } from "@dagger.io/dagger"
import { QuillonError } from "../errors.js"
import { readErrorChain } from "../toolchain/error-chain.js"
import { readIndexRefusal } from "../toolchain/index-refusal.js"
import { indexVariables } from "../toolchain/indexes.js"
import { keptDirectory } from "../toolchain/kept.js"
import { type CouldNotLookThrown, classifyThrown } from "../toolchain/thrown.js"
import type { Artifact, ArtifactKind } from "./artifact.js"
import { type CachePolicy, observe } from "./cache-policy.js"
import type { Execution } from "./command.js"
import type { Node } from "./graph.js"
import { withIdentities } from "./identities.js"
import { type Given, inputsOf } from "./inputs.js"
import type { CouldNotLook, Reading } from "./reading.js"
import { type Salt, saltOf } from "./salt.js"
import type { Stage, StageContext } from "./stage.js"
import { dressed, stageSettings } from "./stage-settings.js"
import type { RunOptions, StepOutput, World } from "./world.js"

/** Seconds that one command may take when nobody says otherwise. */
const PATIENCE = 1800

/** One attempt at a cell: what the stage read, or why nothing could be read, and what is left of it. */
export interface Attempt {
  readonly reading: Reading
  readonly executions: readonly Execution[]
  readonly steps: readonly StepOutput[]
  readonly artifacts: readonly Artifact[]
  /** Present when the engine threw: the set-up of a container, a pull, a broken connection. */
  readonly thrown?: CouldNotLookThrown
}

/** What an attempt needs to know. */
export interface AttemptInput {
  readonly node: Node
  readonly given: Given
  /** Salts every container and step of the attempt, so that nothing of it comes from an earlier one's cache. */
  readonly nonce?: string
  readonly options: RunOptions
  /** Interpreter of what has no matrix. */
  readonly defaultPython: string
}

/** Builds the cell's commands, executes them at once, and has the stage read them. */
export async function attemptCell(world: World, input: AttemptInput): Promise<Attempt> {
  const { node, given, nonce, options, defaultPython } = input
  const { stage, cell, address } = node
  const own = stageSettings(world.settings, stage.name)
  const toolchain = world.toolchain({ apt: own.apt, defaultPython, ...(nonce === undefined ? {} : { nonce }) })
  const now = world.clock()
  const fresh = isFresh(node, options)
  const retried = nonce === undefined ? {} : { nonce }
  const saltFor = (policy: CachePolicy) => saltOf({ policy, now, fresh, makeNonce: world.nonce, ...retried })
  const salt = saltFor(stage.cache)
  const sources = world.sourcesOf?.(address) ?? world.sources
  const ctx: StageContext = {
    dag: world.dag,
    project: world.project,
    settings: world.settings,
    sources,
    toolchain,
    inputs: inputsOf(node.edges, given),
    args: [...own.args, ...(options.args ?? [])],
    buildSecret: (name) => (world.buildSecret ?? world.secret)(name),
    observed: (container, ttl) => withVariables(container, saltFor(observe(ttl))),
    ...commitOf(world),
    ...recordedOf(world, address),
    ...(world.epoch === undefined ? {} : { epoch: world.epoch }),
  }
  const left: { executions: Execution[]; steps: StepOutput[] } = { executions: [], steps: [] }
  try {
    const versions = wantsVersions(stage, world) ? await world.versions?.() : undefined
    const known = versions === undefined ? {} : { versions }
    const supervised = stage.commands({ ...ctx, ...known }, cell).map((command) => ({
      command: command.name,
      // Most stages build their containers without knowing of the settings that all stages have.
      ...world.supervise(
        { ...command, container: dressed(command.container, own, { ...world, sources }) },
        {
          address,
          timeoutSeconds:
            options.timeoutSeconds ?? own.timeout ?? command.timeout ?? world.settings.timeout ?? PATIENCE,
          environment: salt,
          // Where uv is at hand its variables are too, and a build may print them.
          secrets: [...own.secrets, ...Object.keys(indexVariables(world.settings.index).secret)],
          toolchain,
        },
      ),
    }))
    const settled = await Promise.allSettled(supervised.map((step) => step.read()))
    for (const [i, { command, output }] of supervised.entries()) {
      const result = settled[i]
      if (result?.status !== "fulfilled") continue
      left.executions.push(result.value)
      left.steps.push({ command, output })
    }
    const rejected = settled.find((result) => result.status === "rejected")
    if (rejected !== undefined) {
      const { project, settings } = world
      const blamed = stage.blame?.(readErrorChain(rejected.reason), { project, settings, cell })
      if (blamed !== undefined) return { reading: blamed, ...left, artifacts: [] }
      const thrown = await withServedImages(world, withSecretName(world, classifyThrown(rejected.reason)))
      return { reading: thrown, ...left, artifacts: [], thrown }
    }
    const read = stage.read(left.executions, {
      project: world.project,
      settings: world.settings,
      cell,
      ...known,
    })
    const reading = await withIdentities(world, stage, read)
    return { reading, ...left, artifacts: artifactsOf(world, node, { reading, ...left }) }
  } catch (error) {
    const { message: reason, next } = error instanceof QuillonError ? error : { message: undefined, next: undefined }
    const reading = reason === undefined ? bugIn(stage.name, error) : { kind: "errored" as const, reason, next }
    return { reading, ...left, artifacts: [] }
  }
}

function wantsVersions({ reads }: Stage, { project }: World): boolean {
  return (typeof reads === "function" ? reads(project) : reads) === "versions"
}

function withVariables(container: Container, variables: Salt): Container {
  return Object.entries(variables).reduce((left, [name, value]) => left.withEnvVariable(name, value), container)
}

function recordedOf({ buildRequirements }: World, address: string): Pick<StageContext, "buildRequirements"> {
  const recorded = buildRequirements?.(address)
  return recorded === undefined ? {} : { buildRequirements: recorded }
}

/** A tree that differs from its commit is not that commit. */
function commitOf({ facts: { commit, dirty, committed } }: World): Pick<StageContext, "commit"> {
  if (commit === null || dirty === true) return {}
  return { commit: { id: commit, ...(committed == null ? {} : { time: committed }) } }
}

/** An engine that has only some images says which, where the door can ask it. */
async function withServedImages(world: World, thrown: CouldNotLookThrown): Promise<CouldNotLookThrown> {
  if (thrown.cause !== "image-missing" || thrown.image === undefined) return thrown
  const reason = await world.explainMissingImage?.(thrown.image)
  return reason === undefined ? thrown : { ...thrown, reason }
}

/** An installer knows the address that refused it; the settings know the name of the secret that was to open it. */
function withSecretName({ settings }: World, thrown: CouldNotLookThrown): CouldNotLookThrown {
  return thrown.cause === "install" ? { ...thrown, ...readIndexRefusal(thrown.reason, settings.index) } : thrown
}

/** A bug in one stage must not hide what the others found. */
function bugIn(stage: string, error: unknown): CouldNotLook {
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  return {
    kind: "errored",
    reason: `the stage "${stage}" itself failed: ${message}`,
    next: "this is a bug in the stage: report it with the lines below",
    ...(stack === undefined ? {} : { detail: stack }),
  }
}

function isFresh(node: Node, { fresh }: RunOptions): boolean {
  return fresh === "all" || fresh?.includes(node.address) === true || fresh?.includes(node.stage.name) === true
}

type Left = Pick<Attempt, "reading" | "executions" | "steps">

function artifactsOf({ dag }: World, node: Node, left: Left): readonly Artifact[] {
  if (left.reading.kind !== "looked") return []
  const { artifacts = [] } = left.reading
  return left.executions.flatMap((execution) => {
    const step = left.steps.find(({ command }) => command === execution.command)
    if (step === undefined) return []
    return Object.entries(execution.kept).map(([kind, files]: [ArtifactKind, Artifact["files"]]) => ({
      kind,
      stage: node.stage.name,
      cell: node.cell,
      files,
      directory: keptDirectory(dag, { output: step.output, kind, files }),
      facts: artifacts.find((artifact) => artifact.kind === kind)?.facts ?? {},
    }))
  })
}
