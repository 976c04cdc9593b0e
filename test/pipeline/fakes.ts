import type { Client, Container, Directory, Secret } from "@dagger.io/dagger"
import { PURE } from "../../src/pipeline/cache-policy.js"
import type { Command, Execution } from "../../src/pipeline/command.js"
import type { RunEvent } from "../../src/pipeline/event.js"
import type { Reading } from "../../src/pipeline/reading.js"
import type { Stage } from "../../src/pipeline/stage.js"
import type { Supervision, World } from "../../src/pipeline/world.js"
import type { Project } from "../../src/project/project.js"
import type { Settings } from "../../src/project/settings.js"

const NO_FILES = { include: [], exclude: [] }

/** A package for three interpreters. */
export function fakeProject(changes: Partial<Project> = {}): Project {
  return {
    path: ".",
    kind: "package",
    name: "demo",
    interpreters: ["3.9", "3.11", "3.13"],
    build: { backend: "flit_core.buildapi", requires: [], pure: true, version: "static", files: NO_FILES },
    packages: [{ name: "demo", kind: "package", path: "src/demo" }],
    tests: { present: true, paths: ["tests"], insidePackage: false, files: NO_FILES, coverageConfigured: false },
    dependencies: { runtime: [], test: [], types: [], constraints: [], files: NO_FILES },
    tools: {},
    evidence: [],
    ...changes,
  }
}

/** The pipeline itself looks at no setting of a stage. */
export const FAKE_SETTINGS = { python: {} } as Settings

/** A reading of a stage that saw nothing bad. */
export const CLEAN: Reading = { kind: "looked", findings: [], measures: {}, tools: [] }

/** A stage that runs one command named after itself and reads what it is told to. */
export function fakeStage(changes: Partial<Stage> & { name: string }): Stage {
  return {
    title: changes.name,
    cache: PURE,
    commands: () => [{ name: changes.name, container: {} as Command["container"], argv: [changes.name] }],
    read: () => CLEAN,
    ...changes,
  }
}

/** One cell for each interpreter of the run. */
export const PER_PYTHON: NonNullable<Stage["cells"]> = (_, { pythons }) =>
  pythons.map((python) => ({ key: python, python }))

/** What a process that ended well looks like. */
export function execution(changes: Partial<Execution> = {}): Execution {
  const quiet = { tail: "", bytes: 0, truncated: false }
  return {
    command: "command",
    argv: ["command"],
    exit: { kind: "exited", code: 0 },
    seconds: 1,
    started: 0,
    peakMemoryBytes: 1,
    stdout: quiet,
    stderr: quiet,
    reports: {},
    kept: {},
    ...changes,
  }
}

/** How a fake engine answers a command: with an execution, or by throwing. */
export type Answer = (command: Command, supervision: Supervision) => Execution | Promise<Execution>

/** A world without an engine that records what it was asked. */
export function fakeWorld(changes: Partial<World> & { answer?: Answer } = {}) {
  const events: RunEvent[] = []
  const asked: { command: Command; supervision: Supervision }[] = []
  let now = Date.UTC(2026, 0, 1)
  let nonces = 0
  const { answer = (command) => execution({ command: command.name }), ...others } = changes
  const world: World = {
    dag: { directory: () => fakeFolder() } as unknown as Client,
    project: fakeProject(),
    settings: FAKE_SETTINGS,
    sources: { view: () => ({}) as Directory },
    facts: {
      id: "20260101-000000-aaaa",
      commit: null,
      dirty: null,
      engine: { version: "v0", host: "test" },
      image: async (python) => ({ name: `python:${python}-slim`, digest: "sha256:00", origin: "test" }),
    },
    clock: () => (now += 1000),
    nonce: () => `nonce-${++nonces}`,
    emit: (event) => events.push(event),
    signal: new AbortController().signal,
    secret: (name) => ({ name }) as unknown as Secret,
    toolchain: () => ({}) as ReturnType<World["toolchain"]>,
    supervise: (command, supervision) => ({
      output: { file: (path: string) => `${command.name}:${path}` } as unknown as Directory,
      container: { after: command.name } as unknown as Container,
      read: async () => {
        asked.push({ command, supervision })
        return answer(command, supervision)
      },
    }),
    ...others,
  }
  return { world, events, asked }
}

/** A folder that knows what was put into it. */
function fakeFolder(holds: Readonly<Record<string, unknown>> = {}): object {
  return { holds, withFile: (path: string, file: unknown) => fakeFolder({ ...holds, [path]: file }) }
}
