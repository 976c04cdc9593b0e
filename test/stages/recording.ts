import type { Client, Directory } from "@dagger.io/dagger"
import type { Artifact, Inputs } from "../../src/pipeline/artifact.js"
import type { Cell } from "../../src/pipeline/cell.js"
import type { Command } from "../../src/pipeline/command.js"
import type { Stage, StageContext } from "../../src/pipeline/stage.js"
import type { FilePatterns, Project } from "../../src/project/project.js"
import { settingsSchema } from "../../src/project/settings.js"
import type { EnvironmentSpec } from "../../src/toolchain/toolchain.js"

/** One call on a container: the method, then its arguments. */
export type Call = readonly [method: string, ...args: unknown[]]

/** What a stage asked for while it built its commands. */
export interface Recorded {
  readonly commands: readonly Command[]
  readonly views: readonly FilePatterns[]
  readonly environments: readonly EnvironmentSpec[]
  /** Calls that made the container of a command. */
  callsOf(command: string): readonly Call[]
}

const CALLS = Symbol("calls")

/** Stands for a lazy object of the engine: remembers the calls that led to it, and answers each with another. */
function lazy(calls: readonly Call[]): never {
  return new Proxy(
    {},
    {
      get: (_, method) =>
        method === CALLS ? calls : (...args: unknown[]) => lazy([...calls, [String(method), ...args]]),
    },
  ) as never
}

/** Calls that made a lazy object. */
export function callsBehind(value: unknown): readonly Call[] {
  return (value as { readonly [CALLS]?: readonly Call[] } | undefined)?.[CALLS] ?? []
}

/** What the stage is given. */
export interface Given {
  readonly project: Project
  readonly settings?: object
  readonly artifacts?: Readonly<Record<string, readonly string[]>>
  /** What giving stages learned of all artifacts. */
  readonly facts?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  readonly cell?: Cell
  readonly epoch?: number
  /** The door sees the folders above the project. */
  readonly above?: true
}

/** Has a stage build its commands without an engine. */
export function record(
  stage: Stage,
  { project, settings = {}, artifacts = {}, facts = {}, args = [], cell, epoch, above }: Given,
): Recorded {
  const views: FilePatterns[] = []
  const environments: EnvironmentSpec[] = []
  const artifact = (kind: string): Artifact | undefined => {
    const paths = artifacts[kind]
    if (paths === undefined) return undefined
    const files = paths.map((path) => ({ path, bytes: 1, sha256: "00" }))
    return { kind, stage: "giver", cell: { key: "" }, files, directory: lazy([["kept"]]) as Directory, facts }
  }
  const inputs: Inputs = {
    one(kind) {
      const found = artifact(kind)
      if (found === undefined) throw new RangeError(`no ${kind}`)
      return found
    },
    maybe: artifact,
    every: (kind) => [artifact(kind) ?? []].flat(),
  }
  const ctx: StageContext = {
    dag: lazy([]) as Client,
    project,
    settings: settingsSchema.parse(settings),
    sources: {
      view(patterns) {
        views.push(patterns)
        return lazy([])
      },
      ...(above === undefined ? {} : { above: (levels: number) => lazy([["above", levels]]) }),
    },
    toolchain: {
      defaultPython: "3.13",
      supervisor: lazy([]),
      python: () => lazy([]),
      runtime: () => lazy([["runtime"]]),
      builder: () => lazy([["builder"]]),
      environment(spec) {
        environments.push(spec)
        return lazy([])
      },
    },
    inputs,
    args,
    ...(epoch === undefined ? {} : { epoch }),
    observed: (container) => container,
    buildSecret: (name) => lazy([["secret", name]]),
  }
  const commands = stage.commands(ctx, cell ?? { key: "3.11", python: "3.11" })
  return {
    commands,
    views,
    environments,
    callsOf(name) {
      return callsBehind(commands.find((command) => command.name === name)?.container)
    },
  }
}
