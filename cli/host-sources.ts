import type { Client } from "@dagger.io/dagger"
import type { Sources } from "../src/pipeline/sources.js"
import type { FilePatterns } from "../src/project/project.js"
import { NEVER_SHOWN } from "./never-shown.js"

/** Where a project lies on this machine. */
export interface HostPlace {
  /** Absolute path of the git root, or of the project where it lies outside git. */
  readonly root: string
  /** Path of the project relative to the root, `/` as separator; `.` at the root itself. */
  readonly path: string
}

/** Views of a folder on this machine: each uploads what it shows, less what git ignores. */
export function createHostSources(dag: Client, { root, path }: HostPlace): Sources {
  return {
    view(patterns) {
      const { include, exclude } = below(path, patterns)
      const shown = dag.host().directory(root, { include, exclude, gitignore: true })
      return path === "." ? shown : shown.directory(path)
    },
  }
}

/**
 * Patterns of the project as patterns of the root. Asked for a folder below a git root, the engine would apply the
 * rules of `.gitignore` and then include all of that folder, whatever the patterns say (Dagger 0.21.7).
 */
function below(path: string, { include, exclude }: FilePatterns): { include: string[]; exclude: string[] } {
  const hidden = [...exclude, ...NEVER_SHOWN]
  if (path === ".") return { include: [...include], exclude: hidden }
  const folder = path.replace(/[\\*?[\]!]/g, "\\$&")
  const move = (pattern: string) =>
    pattern.startsWith("!") ? `!${folder}/${pattern.slice(1)}` : `${folder}/${pattern.replace(/^\//, "")}`
  return { include: include.length === 0 ? [`${folder}/**`] : include.map(move), exclude: hidden.map(move) }
}
