import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { Execution, Exit } from "../../src/pipeline/command.js"
import type { ReadContext } from "../../src/pipeline/stage.js"
import type { Project } from "../../src/project/project.js"
import { settingsSchema } from "../../src/project/settings.js"

const ROOT = join(import.meta.dirname, "../transcripts")

/** The text of a recorded transcript. */
export function transcript(path: string): string {
  return readFileSync(join(ROOT, path), "utf8")
}

/** The text of a transcript that the tool may not have left. */
export function maybeTranscript(path: string): string | undefined {
  return existsSync(join(ROOT, path)) ? transcript(path) : undefined
}

/** What a test says of a command's end; the rest is as of a command that said nothing. */
export interface Ended {
  readonly command: string
  readonly exit?: number | Exit
  readonly stdout?: string
  readonly stderr?: string
  readonly reports?: Readonly<Record<string, string | undefined>>
}

/** An execution as the supervisor would describe it. */
export function executed({ command, exit = 0, stdout = "", stderr = "", reports = {} }: Ended): Execution {
  const written = Object.entries(reports).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]]))
  const captured = (tail: string) => ({ tail, bytes: tail.length, truncated: false })
  return {
    command,
    argv: [command],
    exit: typeof exit === "number" ? { kind: "exited", code: exit } : exit,
    seconds: 1,
    started: 0,
    peakMemoryBytes: 1,
    stdout: captured(stdout),
    stderr: captured(stderr),
    reports: Object.fromEntries(written),
    kept: {},
  }
}

/** A small project with one package below `src`. */
export function projectWith(facts: Partial<Project> = {}): Project {
  return {
    path: ".",
    kind: "package",
    name: "demo",
    interpreters: ["3.11"],
    build: {
      backend: "setuptools.build_meta",
      requires: ["setuptools"],
      pure: true,
      version: "static",
      files: { include: ["pyproject.toml", "src"], exclude: [] },
    },
    packages: [{ name: "demo", kind: "package", path: "src/demo" }],
    tests: {
      present: true,
      paths: ["tests"],
      insidePackage: false,
      files: { include: ["tests"], exclude: [] },
      coverageConfigured: false,
    },
    dependencies: { runtime: [], test: [], types: [], constraints: [], files: { include: [], exclude: [] } },
    tools: {},
    evidence: [],
    ...facts,
  }
}

/** What readers are given beside the executions. */
export function reading(facts: Partial<Project> = {}): ReadContext {
  return { project: projectWith(facts), settings: settingsSchema.parse({}), cell: { key: "" } }
}
