import type { Container } from "@dagger.io/dagger"
import type { Address } from "../pipeline/cell.js"
import type { Command, Execution } from "../pipeline/command.js"
import type { Pipeline } from "../pipeline/pipeline.js"
import type { Report } from "../pipeline/report.js"
import { runPipeline } from "../pipeline/runner.js"
import type { RunOptions, World } from "../pipeline/world.js"

/** A command of a cell, with the containers around it. */
export interface StoodCommand {
  /** Its container is as the stage has it: services, secrets and environment are in it. */
  readonly command: Command
  /** As the command left it, however it ended; the engine executes the command where it does not remember it. */
  readonly after: Container
  /** How it ended, where it was executed here. */
  readonly execution?: Execution
}

/** A cell at which somebody stands. */
export interface Stand {
  /** Empty where the cell has no command, or did not get as far. */
  readonly commands: readonly StoodCommand[]
  readonly report: Report
}

/** Where to stand. */
export interface StandOptions extends RunOptions {
  readonly address: Address
  /** Whether the cell's own commands are executed; those of the cells that it takes from always are. */
  executes(commands: readonly string[]): boolean
}

/**
 * Goes to a cell as a run does, through all that it takes, and stops before its commands unless they are to be executed.
 *
 * @throws what `runPipeline` throws
 */
export async function standAt(pipeline: Pipeline, world: World, options: StandOptions): Promise<Stand> {
  const { address, executes, ...run } = options
  const stood = new Map<string, StoodCommand>()
  const arrived = new AbortController()
  const report = await runPipeline(
    pipeline,
    {
      ...world,
      signal: AbortSignal.any([world.signal, arrived.signal]),
      supervise(command, supervision) {
        const step = world.supervise(command, supervision)
        if (supervision.address !== address) return step
        // A second attempt takes the place of the first.
        stood.set(command.name, { command, after: step.container })
        return {
          ...step,
          async read() {
            if (!executes([...stood.keys()])) {
              arrived.abort()
              // The run ends without this cell; nobody waits for its answer.
              return new Promise<never>(() => {})
            }
            const execution = await step.read()
            stood.set(command.name, { command, after: step.container, execution })
            return execution
          },
        }
      },
    },
    { ...run, only: [address] },
  )
  return { commands: [...stood.values()], report }
}

/** The command at which to stand: the named one, else the first that did not end well, else the first. */
export function chooseCommand({ commands }: Stand, name?: string): StoodCommand | undefined {
  if (name !== undefined) return commands.find(({ command }) => command.name === name)
  return commands.find(({ execution }) => execution !== undefined && !endedWell(execution)) ?? commands[0]
}

function endedWell({ exit }: Execution): boolean {
  return exit.kind === "exited" && exit.code === 0
}
