import { rm } from "node:fs/promises"
import { loadavg } from "node:os"
import { join } from "node:path"
import type { Throwaway } from "../test/engine/throwaway.js"
import { startEmptyEngine } from "./bench-engine.js"
import type { Breadth, ContestantName, Measure, Sample, Scenario } from "./measure.js"
import { createOwn } from "./own-run.js"
import { type Contestant, createRival, type RivalRoom } from "./rivals/contestants.js"
import type { RivalPlan } from "./rivals/script.js"
import type { Subject } from "./subject.js"
import { copyProject, editProject } from "./work-copy.js"

/** How a project is compared. */
export interface Comparison {
  readonly subject: Subject
  readonly pythons: readonly string[]
  /** Interpreters whose images are there before a cold run: also that of the tools, which may be none of the matrix. */
  readonly images: readonly string[]
  readonly plans: Readonly<Record<Breadth, RivalPlan>>
  readonly repetitions: Readonly<Record<Scenario, number>>
  readonly contestants: readonly ContestantName[]
  /** False where the pipeline has no stage beyond `core`. */
  readonly beyondCore: boolean
  readonly room: Pick<RivalRoom, "path" | "env"> & { readonly folder: string; readonly bundle: string }
  readonly tell: (line: string) => void
  /** Aborted by Ctrl-C: the engine is taken away and nothing more is measured. */
  readonly signal: AbortSignal
}

interface Turn {
  readonly scenario: Scenario
  readonly breadth: Breadth
}

/** Runs all scenarios on one project, the contestants in turns, each in a copy of his own. */
export async function compare(comparison: Comparison): Promise<readonly Measure[]> {
  const { subject, pythons, room, repetitions, contestants } = comparison
  const source = await subject.write(pythons)
  const folderOf = (name: ContestantName) => join(room.folder, subject.name, name, subject.name)
  for (const name of contestants) await copyProject(subject, source, folderOf(name))
  const rivals: Contestant[] = []
  for (const name of contestants) {
    if (name === "quillon") continue
    const cache = join(room.folder, subject.name, name, "cache")
    rivals.push(await createRival({ ...room, name, folder: folderOf(name), cache }, comparison.plans))
  }
  const book = createBook(comparison)
  let engine: Throwaway | undefined
  let own: Contestant | undefined
  try {
    for (let number = 0; number < repetitions.cold; number++) {
      await engine?.remove()
      engine = await startEmptyEngine(comparison.images)
      own = createOwn({ folder: folderOf("quillon"), bundle: room.bundle, pythons, env: engine.env })
      for (const contestant of rotated([own, ...rivals], number)) {
        await contestant.forgetAll()
        await book.record(contestant, { scenario: "cold", breadth: "core" })
      }
    }
    if (own === undefined) return []
    await runWarm(comparison, { all: [own, ...rivals], book })
    return book.measures()
  } finally {
    await engine?.remove()
    await rm(source, { recursive: true, force: true })
  }
}

async function runWarm(
  { subject, repetitions, beyondCore, tell }: Comparison,
  { all, book }: { readonly all: readonly Contestant[]; readonly book: Book },
): Promise<void> {
  await runTurns("unchanged", "core", all)
  // Further stages have a counterpart in the script alone.
  const wide = all.filter(({ name }) => name === "quillon" || name === "script")
  const breadth = beyondCore ? "all" : "core"
  if (beyondCore) await runTurns("unchanged", "all", wide)
  for (const scenario of ["README commit", "test edit", "source edit"] as const) {
    await runTurns(scenario, breadth, beyondCore ? wide : all)
  }

  async function runTurns(scenario: Scenario, breadth: Breadth, contestants: readonly Contestant[]) {
    // Not in the figures: what the last scenario changed must not be met here.
    for (const contestant of contestants) {
      const { own, seconds } = await contestant.run(breadth)
      if (own !== undefined)
        tell(
          `${subject.name} before "${scenario}": ${seconds.toFixed(2)} s, again: ${own.again.join(" ") || "nothing"}`,
        )
    }
    for (let number = 0; number < repetitions[scenario]; number++) {
      for (const contestant of rotated(contestants, number)) {
        await contestant.forget()
        await editProject(subject, contestant.folder, { scenario, number })
        await book.record(contestant, { scenario, breadth })
      }
    }
  }
}

interface Book {
  record(contestant: Contestant, turn: Turn): Promise<void>
  measures(): readonly Measure[]
}

function createBook({ subject, tell, signal }: Comparison): Book {
  const measures = new Map<string, Omit<Measure, "samples" | "load"> & { samples: Sample[]; load: number[] }>()
  return {
    async record(contestant, turn) {
      const load = loadavg()[0] ?? Number.NaN
      signal.throwIfAborted()
      const sample = await contestant.run(turn.breadth)
      signal.throwIfAborted()
      const key = `${turn.scenario} (${turn.breadth}) ${contestant.name}`
      const known = measures.get(key)
      const measure = known ?? { subject: subject.name, contestant: contestant.name, ...turn, samples: [], load: [] }
      measure.samples.push(sample)
      measure.load.push(load)
      measures.set(key, measure)
      const { own } = sample
      const more =
        own === undefined
          ? ""
          : `, again: ${own.again.join(" ") || "nothing"}; ${own.phases}, ${own.roundTrips} round trips`
      const odd =
        own === undefined || own.unknown.length + own.unpassed.length === 0
          ? ""
          : `; not known: ${own.unknown.join(" ")}; not passed: ${own.unpassed.join(" ")}`
      tell(
        `${subject.name} ${key}: ${sample.seconds.toFixed(2)} s, exit code ${sample.code}${more}${odd} (load ${load.toFixed(1)})`,
      )
    },
    measures: () => [...measures.values()],
  }
}

/** The same in turns, so that nobody is always first. */
function rotated<T>(items: readonly T[], by: number): readonly T[] {
  const at = by % items.length
  return [...items.slice(at), ...items.slice(0, at)]
}
