import { createHash } from "node:crypto"
import type { Address } from "../../src/pipeline/cell.js"
import type { Execution } from "../../src/pipeline/command.js"
import type { Report } from "../../src/pipeline/report.js"
import type { Sources } from "../../src/pipeline/sources.js"
import type { World } from "../../src/pipeline/world.js"

/** A command of a cell, as the runner gave it to the supervisor. */
export interface CommandNote {
  readonly name: string
  readonly argv: readonly string[]
  readonly timeout: number
  /** A time bucket, a nonce. */
  readonly salt: Readonly<Record<string, string>>
}

/** Files that a cell sees: patterns below the project, or below a folder so many levels above it. */
export interface ViewNote {
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly levels: number
  /** Shown although git ignores them. */
  readonly ignored: boolean
}

/** What a run noted of one cell on its way; the last attempt counts. */
export interface CellNote {
  readonly commands: Map<string, CommandNote>
  readonly views: ViewNote[]
  /** Digest of what the cell gave, by kind. */
  readonly gives: Map<string, string>
}

/** A world that notes what its cells see and do, and the notes. */
export interface WatchedWorld {
  readonly world: World
  readonly notes: ReadonlyMap<Address, CellNote>
  /** Interpreters that were looked at, those of the tools too. */
  readonly images: ReadonlyMap<string, Report["images"][number]>
}

/** Watches a world on its way through a run: nothing is asked of the engine for it. */
export function watchWorld(world: World): WatchedWorld {
  const notes = new Map<Address, CellNote>()
  const images = new Map<string, Report["images"][number]>()
  const noteOf = (address: Address): CellNote => {
    const note = notes.get(address) ?? { commands: new Map(), views: [], gives: new Map() }
    notes.set(address, note)
    return note
  }
  return {
    notes,
    images,
    world: {
      ...world,
      facts: {
        ...world.facts,
        async image(python) {
          const image = await world.facts.image(python)
          if (image !== undefined) images.set(image.name, image)
          return image
        },
      },
      sourcesOf(address) {
        // Asked for once an attempt: what an earlier one saw is what this one sees.
        const note = noteOf(address)
        note.views.length = 0
        return notingSources(world.sources, (view) => note.views.push(view))
      },
      supervise(command, supervision) {
        const { address, timeoutSeconds: timeout, environment: salt } = supervision
        const { commands, gives } = noteOf(address)
        commands.set(command.name, { name: command.name, argv: command.argv, timeout, salt })
        const step = world.supervise(command, supervision)
        return {
          ...step,
          async read() {
            const execution = await step.read()
            for (const [kind, digest] of digestsOf(execution)) gives.set(kind, digest)
            return execution
          },
        }
      },
    },
  }
}

function notingSources(sources: Sources, note: (view: ViewNote) => void): Sources {
  const { above } = sources
  return {
    view(patterns) {
      note({ ...shown(patterns), levels: 0, ignored: patterns.ignored === true })
      return sources.view(patterns)
    },
    ...(above === undefined
      ? {}
      : {
          above(levels, patterns) {
            note({ ...shown(patterns), levels, ignored: false })
            return above(levels, patterns)
          },
        }),
  }
}

function shown({ include, exclude }: Pick<ViewNote, "include" | "exclude">) {
  return { include: [...include], exclude: [...exclude] }
}

function digestsOf({ kept }: Execution): readonly (readonly [string, string])[] {
  return Object.entries(kept).map(([kind, files]) => {
    const lines = files.map(({ path, sha256 }) => `${path}\0${sha256}\n`).sort()
    return [kind, createHash("sha256").update(lines.join("")).digest("hex")]
  })
}
