import { backendEvidence, LEGACY_BACKEND, readBackend } from "./backend.js"
import { buildFiles } from "./build-files.js"
import { readDependencies } from "./dependencies.js"
import { readDockerfile } from "./dockerfile.js"
import { readPurity } from "./extensions.js"
import type { ProjectFiles } from "./files.js"
import { readInterpreters } from "./interpreters.js"
import { readKind } from "./kind.js"
import { leftOutEvidence } from "./left-out.js"
import { type LoadedSettings, loadSettings, type SettingsInput } from "./load-settings.js"
import { readMetadata } from "./metadata.js"
import { nestedEvidence } from "./nested-projects.js"
import { readPackages } from "./packages.js"
import { refuseIgnoredPackage, refuseStrangers } from "./presence.js"
import type { BuildFacts, Evidence, Project } from "./project.js"
import { refuseMetadata } from "./refuse-metadata.js"
import { readRepository } from "./repository.js"
import type { Settings } from "./settings.js"
import { takeSnapshot } from "./snapshot.js"
import { readStart } from "./start.js"
import { readTests } from "./tests.js"
import { readTools, toolEvidence } from "./tools.js"
import { readVersion } from "./version.js"
import { findWorkspaceLock } from "./workspace.js"

/** What a door hands in besides the files. */
export interface InspectRequest extends SettingsInput {
  /** Path of the project relative to the git root; `.` when absent. */
  readonly path?: string
  /** Name of the folder, for a project that gives itself none. */
  readonly folder?: string
}

/** A project and the settings under which it is examined. */
export interface Inspection {
  readonly project: Project
  readonly settings: Settings
  /** For each key that is not at its default, what set it. */
  readonly provenance: LoadedSettings["provenance"]
}

/**
 * Finds out what a Python project is.
 * @throws QuillonError NOT_A_PYTHON_PROJECT, SEVERAL_PROJECTS, BROKEN_TOML, UNREADABLE_FILE, UNKNOWN_SETTING, INVALID_SETTING,
 * TWO_SETTINGS_FILES, PACKAGE_IGNORED_BY_GIT, CIRCULAR_EXTRA, CIRCULAR_GROUP, UNKNOWN_GROUP, NO_DOCKERFILE,
 * INVALID_NAME, INVALID_REQUIRES_PYTHON or NO_KNOWN_PYTHON
 */
export async function inspectProject(files: ProjectFiles, request: InspectRequest = {}): Promise<Inspection> {
  const snapshot = await takeSnapshot(files)
  refuseStrangers(snapshot)
  const { settings, provenance } = loadSettings(snapshot, request)
  const named = readBackend(snapshot)
  const kind = readKind(snapshot, named, settings.kind)
  const backend = named ?? (kind.kind === "package" ? LEGACY_BACKEND : undefined)
  const metadata = readMetadata(snapshot, backend)
  refuseMetadata(metadata, { pythons: settings.python.versions })
  const name = metadata.name?.value ?? nameOfFolder(request)
  const packages = readPackages(snapshot, { name: metadata.name?.value, backend })
  if (packages.packages.length === 0) await refuseIgnoredPackage(files, snapshot, name)
  const evidence: Evidence[] = [kind.evidence, ...metadata.evidence]

  let build: BuildFacts | undefined
  let version = metadata.version?.value
  if (kind.kind === "package" && backend !== undefined) {
    const found = readVersion(snapshot, { backend, stated: metadata.version, packages: packages.packages })
    const purity = readPurity(snapshot, backend, packages.packages)
    version = found.known?.value
    build = {
      backend: backend.name,
      requires: backend.requires,
      ...(backend.path.length === 0 ? {} : { backendPath: backend.path }),
      pure: settings.build.pure ?? purity.pure,
      version: found.from,
      files: buildFiles(snapshot, { backend, version: found.from, ...packages, documents: metadata.documents }),
    }
    evidence.push(...found.evidence, backendEvidence(backend), purity.evidence)
  }
  const interpreters = readInterpreters(snapshot, metadata, { kind: kind.kind, wanted: settings.python.versions })
  const tests = readTests(snapshot, {
    packages: packages.packages,
    inTree: build === undefined,
    overrides: settings.test,
  })
  const workspaceLock = await findWorkspaceLock(files, request.path ?? ".")
  const dependencies = readDependencies(snapshot, {
    name,
    kind: kind.kind,
    buildFiles: build?.files ?? { include: [], exclude: [] },
    overrides: settings,
    lock: settings.resolve.lock,
    ...(workspaceLock === undefined ? {} : { workspaceLock }),
  })
  evidence.push(...packages.evidence, ...interpreters.evidence, ...tests.evidence, ...dependencies.evidence)
  const tools = readTools(snapshot)
  evidence.push(...toolEvidence(tools))
  const start = readStart(snapshot, { name, packages: packages.packages })
  const { evidence: dockerEvidence, ...docker } = readDockerfile(snapshot, settings.image.dockerfile)
  const repository = readRepository(snapshot)
  evidence.push(...start.evidence, ...dockerEvidence, ...nestedEvidence(snapshot))
  evidence.push(...leftOutEvidence((await files.leftOut?.()) ?? []))
  return {
    project: {
      path: request.path ?? ".",
      kind: kind.kind,
      name,
      ...(version === undefined ? {} : { version }),
      ...(metadata.requiresPython === undefined ? {} : { requiresPython: metadata.requiresPython.value }),
      interpreters: interpreters.versions,
      ...(build === undefined ? {} : { build }),
      packages: packages.packages,
      tests: tests.tests,
      dependencies: dependencies.dependencies,
      tools,
      ...docker,
      ...(start.command === undefined ? {} : { command: start.command }),
      ...(repository === undefined ? {} : { repository }),
      evidence: withSettings(evidence, provenance),
    },
    settings,
    provenance,
  }
}

function nameOfFolder({ folder, path }: InspectRequest): string {
  return folder ?? path?.split("/").findLast((part) => part !== "." && part !== "") ?? "project"
}

/** Settings that decide a fact by themselves. */
const DECIDING: Readonly<Record<string, readonly string[]>> = {
  kind: ["kind"],
  interpreters: ["python.versions"],
  "extension modules": ["build.pure"],
  tests: ["test.paths"],
  "test dependencies": ["test.groups", "test.extras", "test.requirements"],
  "typing dependencies": ["types.groups", "types.extras", "types.requirements"],
  Dockerfile: ["image.dockerfile"],
}

function withSettings(evidence: readonly Evidence[], provenance: Inspection["provenance"]): readonly Evidence[] {
  return evidence.map((each) => {
    const key = DECIDING[each.fact]?.find((name) => provenance[name] !== undefined)
    const source = key === undefined ? undefined : provenance[key]
    if (key === undefined || source === undefined) return each
    return { ...each, origin: source.kind === "file" ? source.origin : "default", setBy: key }
  })
}
