import { resolve } from "node:path"
import { checkVersions } from "../../src/release/version/check.js"
import type { VersionFacts } from "../../src/release/version/facts.js"
import type { Truth } from "../../src/release/version/truth.js"
import { gatherVersionFacts } from "../../src/stages/version-facts.js"
import type { Io } from "../io.js"
import { type KnownProject, knowProject } from "../known-project.js"
import { createRawFiles } from "./raw-files.js"
import { readTags } from "./tags.js"

/** The version of a project on this machine. */
export interface KnownVersions {
  /** Absolute. */
  readonly folder: string
  readonly name: string
  readonly truth: Truth
}

/** Looks at files and tags of a project. @throws QuillonError when it is no project, or its settings contradict it. */
export async function knowVersions(io: Io, path: string): Promise<KnownVersions> {
  const known = await knowProject(io, resolve(io.cwd, path))
  return { folder: known.folder, name: known.project.name, truth: checkVersions(await gatherVersions(known)) }
}

/** Looks at files and tags of a project that is known already. */
export async function gatherVersions(
  known: Pick<KnownProject, "folder" | "project" | "settings">,
): Promise<VersionFacts> {
  const { folder, project, settings } = known
  return gatherVersionFacts(createRawFiles(folder), { project, settings, tags: await readTags(folder) })
}
