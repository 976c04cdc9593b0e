import type { Problem } from "../src/errors.js"
import type { FoundEngine, Runtime } from "./find.js"
import { gigabytes } from "./gigabytes.js"
import type { EngineStatus } from "./status.js"

/** What doctor found out about this machine. */
export interface DoctorFacts {
  readonly quillon: string
  readonly node: string
  readonly found: FoundEngine
  /** Whether the found engine's address took a connection; true where Dagger starts it. */
  readonly answers: boolean
  readonly status: EngineStatus
  /** First lines of `--version`, by program; undefined where it is not on PATH. */
  readonly versions: Readonly<Record<"dagger" | "git" | "go", string | undefined>>
  readonly runtimes: Readonly<Record<Runtime, "answers" | "no answer" | "absent">>
  readonly freeBytes: number
  readonly memoryBytes: number
  readonly cpus: number
  /** What would stand in the way of `engine up`. */
  readonly obstacles: readonly Problem[]
  /** Names of variables and files, never what is in them. */
  readonly credentials: readonly string[]
}

/** One line of doctor's table. */
export interface Finding {
  readonly name: string
  /** `bad` makes a run impossible; `note` only a part of what Quillon can do. */
  readonly state: "good" | "note" | "bad"
  readonly text: string
  /** What to type. */
  readonly next?: string
}

/** The table, and whether a run is possible. */
export interface Diagnosis {
  readonly possible: boolean
  readonly findings: readonly Finding[]
}

/** Judges what was found; looks at nothing itself. */
export function diagnose(facts: DoctorFacts): Diagnosis {
  const findings: readonly Finding[] = [
    { name: "quillon", state: "good", text: `${facts.quillon}, Node ${facts.node}` },
    engineFinding(facts),
    daggerFinding(facts),
    ...imageFindings(facts.status),
    gitFinding(facts.versions.git),
    { name: "containers", state: "good", text: runtimesText(facts.runtimes) },
    ...upFindings(facts),
    diskFinding(facts.freeBytes),
    { name: "machine", state: "good", text: `${facts.cpus} processors, ${gigabytes(facts.memoryBytes)} of memory` },
    {
      name: "credentials",
      state: "good",
      text: facts.credentials.length === 0 ? "none" : facts.credentials.join(", "),
    },
  ]
  return { possible: findings.every(({ state }) => state !== "bad"), findings }
}

function engineFinding({ found, answers, status }: DoctorFacts): Finding {
  const name = "engine"
  switch (found.kind) {
    case "session":
      return { name, state: "good", text: "the Dagger session that this runs in" }
    case "runner":
      if (answers) return { name, state: "good", text: `${found.host} (_EXPERIMENTAL_DAGGER_RUNNER_HOST)` }
      return {
        name,
        state: "bad",
        text: `${found.host} (_EXPERIMENTAL_DAGGER_RUNNER_HOST) does not answer`,
        next: "start it, or: unset _EXPERIMENTAL_DAGGER_RUNNER_HOST",
      }
    case "own":
      return { name, state: "good", text: `Quillon's own, Dagger ${status.version ?? ""}, ${status.socket}` }
    case "runtime":
      return { name, state: "good", text: `Dagger starts one in ${found.runtime}` }
    case "build":
      return { name, state: "note", text: "none yet; one can be made here", next: "quillon engine up" }
    case "none":
      return { name, state: "bad", text: found.problem.message, next: found.problem.next }
  }
}

function daggerFinding({ found, status, versions }: DoctorFacts): Finding {
  if (versions.dagger !== undefined) return { name: "dagger", state: "good", text: versions.dagger }
  if (found.kind === "own") return { name: "dagger", state: "good", text: `${status.binaries}/dagger` }
  return { name: "dagger", state: "note", text: "not on PATH", next: 'eval "$(quillon engine env)"' }
}

function imageFindings(status: EngineStatus): readonly Finding[] {
  if (status.state !== "running") return []
  const names = status.images.map(({ name }) => name).filter((name) => /:\d+\.\d+-slim$/.test(name))
  const registry: Finding =
    status.registry === "running"
      ? { name: "registry", state: "good", text: "serves Docker Hub's names inside the engine" }
      : {
          name: "registry",
          state: "bad",
          text: "ended; images can't be pulled",
          next: "quillon engine down && quillon engine up",
        }
  return [registry, { name: "images", state: "good", text: names.join(", ") }]
}

function gitFinding(version: string | undefined): Finding {
  if (version !== undefined) return { name: "git", state: "good", text: version }
  return { name: "git", state: "note", text: "not on PATH: no versions from tags, no releases", next: "install git" }
}

function runtimesText(runtimes: DoctorFacts["runtimes"]): string {
  return Object.entries(runtimes)
    .map(([name, state]) => `${name}: ${state}`)
    .join(", ")
}

/** What `engine up` would need matters only where it is what gives the engine. */
function upFindings({ found, obstacles, versions }: DoctorFacts): readonly Finding[] {
  const go: Finding = {
    name: "go",
    state: "good",
    text: versions.go ?? "not on PATH (needed only by: quillon engine up)",
  }
  if (found.kind !== "none" && found.kind !== "build") return [go]
  const blocked = obstacles.map(
    ({ message, next }): Finding => ({ name: "engine up", state: "note", text: message, next }),
  )
  return [go, ...blocked]
}

/** Layers, wheels and reports of a few runs; below this a run is likely to end in the middle (bytes). */
const LITTLE_DISK = 2e9

function diskFinding(bytes: number): Finding {
  if (bytes >= LITTLE_DISK) return { name: "disk", state: "good", text: `${gigabytes(bytes)} free` }
  return {
    name: "disk",
    state: "note",
    text: `only ${gigabytes(bytes)} free`,
    next: "free some, or: quillon engine down --purge",
  }
}
