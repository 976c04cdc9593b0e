import type { Client } from "@dagger.io/dagger"
import type { Sources } from "../src/pipeline/sources.js"
import { NEVER_SHOWN } from "./never-shown.js"

/** Views of a folder on this machine: each uploads what it shows, less what git ignores. */
export function createHostSources(dag: Client, folder: string): Sources {
  return {
    view({ include, exclude }) {
      return dag.host().directory(folder, {
        include: [...include],
        exclude: [...exclude, ...NEVER_SHOWN],
        gitignore: true,
      })
    },
  }
}
