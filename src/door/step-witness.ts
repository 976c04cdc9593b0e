import type { Address } from "../pipeline/cell.js"
import type { Execution } from "../pipeline/command.js"
import type { World } from "../pipeline/world.js"

/** Remembers how the steps of a run ended. */
export interface StepWitness {
  /** A world whose steps are watched, and which knows from them what came from the engine's cache. */
  watch(world: World): World
  /** The first command of a cell that did not end with exit code 0. */
  failing(address: Address): string | undefined
  /** Names of the commands of a cell, in order. */
  commands(address: Address): readonly string[]
}

interface Step {
  readonly command: string
  /** Milliseconds since 1970 at which it was asked for. */
  readonly asked: number
  readonly execution?: Execution
}

/**
 * Makes a witness for a door that does not see the engine's spans. A module runs on the engine's own machine, so the
 * clocks are one: what started before it was asked for came from the cache.
 */
export function createStepWitness(): StepWitness {
  const cells = new Map<Address, Map<string, Step>>()
  const steps = (address: Address) => [...(cells.get(address)?.values() ?? [])]
  const note = (address: Address, step: Step) => {
    const cell = cells.get(address) ?? new Map<string, Step>()
    cells.set(address, cell.set(step.command, step))
  }
  return {
    watch: (world) => ({
      ...world,
      supervise(command, supervision) {
        const step = world.supervise(command, supervision)
        const { address } = supervision
        return {
          ...step,
          async read() {
            const asked = { command: command.name, asked: world.clock() }
            note(address, asked)
            const execution = await step.read()
            note(address, { ...asked, execution })
            return execution
          },
        }
      },
      witness: {
        async cached(address, commands) {
          if (commands.length === 0) return null
          const known = steps(address).filter(({ command }) => commands.includes(command))
          return known.every(({ asked, execution }) => execution !== undefined && execution.started < asked)
        },
      },
    }),
    failing: (address) =>
      steps(address).find(({ execution }) => execution !== undefined && !endedWell(execution))?.command,
    commands: (address) => steps(address).map(({ command }) => command),
  }
}

function endedWell({ exit }: Execution): boolean {
  return exit.kind === "exited" && exit.code === 0
}
