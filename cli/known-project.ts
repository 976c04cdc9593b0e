import { realpath, stat } from "node:fs/promises"
import { basename, relative, sep } from "node:path"
import { QuillonError } from "../src/errors.js"
import { type Inspection, inspectProject } from "../src/project/inspect.js"
import type { Project } from "../src/project/project.js"
import type { Settings } from "../src/project/settings.js"
import { type GitFacts, readGitFacts } from "./git-facts.js"
import { createHostFiles } from "./host-files.js"
import type { Io } from "./io.js"

/** A project on this machine. */
export interface KnownProject {
  /** Absolute, without links. */
  readonly folder: string
  readonly project: Project
  readonly settings: Settings
  /** What set each setting that is not at its default. */
  readonly provenance: Inspection["provenance"]
  readonly git: GitFacts | null
}

/**
 * Finds out what lies in a folder.
 *
 * @param resolved settings as another run had them, in place of those here.
 * @throws QuillonError NO_SUCH_FOLDER, and what `inspectProject` throws.
 */
export async function knowProject(io: Pick<Io, "env">, path: string, resolved?: Settings): Promise<KnownProject> {
  const folder = await realFolder(path)
  const files = createHostFiles(folder)
  // The list is asked for at once: git takes as long to name the root as to list the files.
  files.list().catch(() => {})
  const git = await readGitFacts(folder)
  const inside = git === null ? "." : relative(git.root, folder).split(sep).join("/")
  const { project, settings, provenance } = await inspectProject(files, {
    env: io.env,
    path: inside === "" ? "." : inside,
    folder: basename(folder),
    ...(resolved === undefined ? {} : { resolved }),
  })
  return { folder, project, settings, provenance, git }
}

async function realFolder(path: string): Promise<string> {
  try {
    const real = await realpath(path)
    if ((await stat(real)).isDirectory()) return real
  } catch {
    // Said below, in our words.
  }
  throw new QuillonError({
    code: "NO_SUCH_FOLDER",
    message: `there is no folder ${path}`,
    next: "quillon ci <folder of a Python project>",
    kind: "usage",
  })
}
