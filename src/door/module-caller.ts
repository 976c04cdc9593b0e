import { posix } from "node:path"
import type { Client, Container, Directory, File, Secret, Workspace } from "@dagger.io/dagger"
import { QuillonError } from "../errors.js"
import type { Stage } from "../pipeline/stage.js"
import { createDirectoryFiles } from "../project/directory-files.js"
import { NEVER_SHOWN } from "../project/never-shown.js"
import { createDirectorySources } from "./directory-sources.js"
import { readDirty } from "./dirty.js"
import { emptySecret, emptySecrets, type HandedSecrets } from "./empty-secrets.js"
import { findRepository } from "./find-repository.js"
import { NO_REPOSITORY, readRepository } from "./git-facts.js"
import type { ReleaseCaller } from "./module-release.js"
import { type OwnStageData, stageOfData } from "./own-stage.js"
import { findPlace } from "./project-place.js"
import { CREDENTIALS } from "./release/credential-names.js"
import type { Releaser } from "./release/release-call.js"
import type { Caller } from "./run-module.js"
import { createWorkspaceSources } from "./workspace-sources.js"

/** What a call of the module goes by. */
export interface ModuleCall extends HandedSecrets {
  readonly dag: Client
  readonly workspace: Workspace
  /** The project, where the caller handed in a folder. */
  readonly source?: Directory | undefined
  /** The project's path in the workspace, or in the source. */
  readonly path: string
  /** Stages of the caller's own as JSON, less their containers. */
  readonly stages: readonly string[]
  /** Those of the stages, in their order. */
  readonly containers: readonly Container[]
}

/** The caller of a run, whose project lies in a folder that he handed in or in his workspace. */
export async function callerOf(call: ModuleCall): Promise<Caller> {
  const { dag, source } = call
  const empty = await emptySecrets(call)
  const rest = {
    dag,
    stages: () => ownStagesOf(call),
    secret: (name: string) => {
      if (empty.has(name)) throw emptySecret(name)
      return secretIn(call, name)
    },
  }
  return source === undefined ? inWorkspace(call, rest) : inFolder(call, source, rest)
}

/** The caller of whose version or release is asked. */
export function releaseCallerOf(call: ModuleCall): ReleaseCaller {
  const { dag, workspace, source, path } = call
  return {
    dag,
    folder: folderOf(call),
    repository: async () => (await callerOf(call)).repository(),
    repositoryFolder: async () => {
      if (source === undefined) return findRepository(workspace, path)
      return (await source.exists(".git/HEAD")) ? { folder: source.directory(".git"), inside: insideOf(path) } : null
    },
  }
}

/** The caller who releases: credentials are secrets that he handed in by the names of their variables. */
export function releaserOf(call: ModuleCall): Releaser {
  const { secretNames, secrets } = call
  const given = (name: string) => secrets[secretNames.lastIndexOf(name)]
  return {
    ...releaseCallerOf(call),
    secret: (name) => secretIn(call, name),
    async variables() {
      const values = CREDENTIALS.map(async (name) => [name, await given(name)?.plaintext()] as const)
      return Object.fromEntries(await Promise.all(values))
    },
  }
}

function secretIn({ secretNames, secrets }: ModuleCall, name: string): Secret {
  const found = secrets[secretNames.lastIndexOf(name)]
  if (found === undefined) throw missingSecret(name)
  return found
}

type Rest = Pick<Caller, "dag" | "stages" | "secret">

async function inWorkspace(call: ModuleCall, rest: Rest): Promise<Caller> {
  const { workspace, path } = call
  const place = await findPlace(workspace, path, ".git")
  const { repository } = place
  const sources = createWorkspaceSources(workspace, place.path)
  const folder = folderOf(call)
  if (repository === null) return { ...rest, sources, files: createDirectoryFiles(folder), path: ".", ...OUTSIDE }
  const { root, inside } = repository
  const around = fileAround(inside, (file) => workspace.file(posix.join(root, file)))
  return {
    ...rest,
    sources,
    files: createDirectoryFiles(folder, { around }),
    path: inside,
    repository: () => readRepository(workspace.directory(root, { include: [".git"] })),
    dirty: () =>
      readDirty({
        tree: workspace.directory(root, { gitignore: true }),
        hides: (file) => workspace.directory(root, { include: [file] }).exists(file),
      }),
  }
}

/** Dagger makes a folder of a git address by fetching one commit, without tags. */
const WHOLE_SOURCE = "an address as --source is one commit: hand in a clone with its tags, or --skip version"

/** The folder that was handed in is the root: a project further down in it sees what lies above. */
async function inFolder({ path }: ModuleCall, source: Directory, rest: Rest): Promise<Caller> {
  const inside = insideOf(path)
  const shown = shownOf(source)
  const [paths, isRepository] = await Promise.all([createDirectoryFiles(shown).list(), source.exists(".git")])
  const sources = createDirectorySources(rest.dag, { folder: shown, paths, path: inside })
  const around = fileAround(inside, (file) => source.file(file))
  const files = createDirectoryFiles(below(shown, inside), { around })
  const caller = { ...rest, sources, files, path: inside }
  if (!isRepository) return { ...caller, ...OUTSIDE }
  return {
    ...caller,
    repository: () => readRepository(source, WHOLE_SOURCE),
    dirty: () => readDirty({ tree: source, hides: async () => false }),
  }
}

/** Files above a project, up to the root in which it lies and no further. */
function fileAround(inside: string, fileAt: (path: string) => File): (path: string) => File | undefined {
  return (path) => {
    const found = posix.join(inside, path)
    return found.startsWith("../") ? undefined : fileAt(found)
  }
}

const OUTSIDE: Pick<Caller, "repository" | "dirty"> = {
  repository: async () => NO_REPOSITORY,
  dirty: async () => null,
}

/** The project's files, less what git ignores. */
export function folderOf({ workspace, source, path }: ModuleCall): Directory {
  if (source !== undefined) return below(shownOf(source), insideOf(path))
  return workspace.directory(path, { exclude: [...NEVER_SHOWN], gitignore: true })
}

function shownOf(source: Directory): Directory {
  return source.filter({ exclude: [...NEVER_SHOWN], gitignore: true })
}

function below(folder: Directory, path: string): Directory {
  return path === "." ? folder : folder.directory(path)
}

/** A path in a folder that was handed in, as it is written everywhere. */
function insideOf(path: string): string {
  return posix.join("/", path).slice(1).replace(/\/$/, "") || "."
}

async function ownStagesOf({ stages, containers }: ModuleCall): Promise<readonly Stage[]> {
  // A container that can't be made has no working folder either; its stage says why when it is run.
  const roots = await Promise.all(containers.map((container) => container.workdir().catch(() => "/")))
  return stages.map((json, index) =>
    stageOfData({ ...JSON.parse(json), container: containers[index], root: roots[index] } as OwnStageData),
  )
}

function missingSecret(name: string): QuillonError {
  return new QuillonError({
    code: "MISSING_SECRET",
    message: `the settings name the secret ${name}, and the call hands in none of that name`,
    next: `dagger call with-secret --name ${name} --value env://${name} …`,
    kind: "environment",
  })
}
