import { existsSync } from "node:fs"
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises"
import { homedir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { z } from "zod"

/** Words for an installer, or groups of the project's own lock. */
export type Wanted = readonly string[] | { readonly groups: readonly string[] }

/** What a person would type to examine a project, and with which versions of the tools. */
export interface PlainSpec {
  /** Interpreters of this machine by `X.Y`. */
  readonly pythons: Readonly<Record<string, string>>
  /** The one on which types are checked and coverage is combined. */
  readonly main: string
  /** Path of the interpreter of tools that install nothing of the project. */
  readonly tools: string
  readonly tests: Wanted
  readonly types: Wanted
  /** Arguments of mypy. */
  readonly mypy: readonly string[]
  /** What bandit looks at. */
  readonly packages: readonly string[]
  readonly versions: Readonly<Record<"ruff" | "mypy" | "bandit" | "coverage", string>> & {
    /** By interpreter. */
    readonly pytest: Readonly<Record<string, string>>
  }
  readonly covered: boolean
  readonly formatted: boolean
  /** False for an application that runs from its tree. */
  readonly installed: boolean
  /** What the tests find in their environment. */
  readonly env: Readonly<Record<string, string>>
}

/** Checks that counts are counts. */
export const countsSchema = z.object({
  ruff: z.object({ violations: z.number(), unformatted: z.number().nullable() }),
  bandit: z.object({ high: z.number(), medium: z.number(), low: z.number() }),
  mypy: z.number(),
  pytest: z.record(z.string(), z.record(z.string(), z.number())),
  coverage: z.object({ covered: z.number(), all: z.number() }).nullable(),
  wheels: z.record(z.string(), z.string()),
})

/** What the plain tools printed. */
export type PlainCounts = z.infer<typeof countsSchema>

const PROGRAM = join(import.meta.dirname, "project_counts.py")
const UV = "0.13.9"

/** Runs the plain tools on a project, in fresh virtual environments of this machine. @throws what a tool said */
export async function plainCounts(project: string, spec: PlainSpec): Promise<PlainCounts> {
  const all = JSON.stringify({ uv: await installUv(), ...spec })
  const { stdout } = await execa(spec.pythons[spec.main] ?? "python3", [PROGRAM, project, all])
  return countsSchema.parse(JSON.parse(stdout))
}

/** `uv` from the package index, once. */
export async function installUv(): Promise<string> {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "quillon-test")
  const kept = join(cache, `uv-${UV}`)
  if (!existsSync(kept)) {
    await mkdir(cache, { recursive: true })
    const draft = await mkdtemp(join(cache, ".draft-"))
    await execa("python3", ["-m", "pip", "install", "--quiet", "--target", draft, `uv==${UV}`])
    await rename(draft, kept).catch(() => rm(draft, { recursive: true, force: true }))
  }
  return join(kept, "bin/uv")
}
