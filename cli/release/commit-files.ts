import type { ProjectFiles } from "../../src/project/files.js"
import { git } from "../git-facts.js"

/** The project's files as a commit has them, byte order marks included: a plan is about the commit, not the folder. */
export function createCommitFiles(folder: string, commit: string): ProjectFiles {
  return {
    async list() {
      const listed = await git(folder, ["ls-tree", "-r", "-z", "--name-only", commit])
      return (listed ?? "").split("\0").filter((path) => path !== "" && !path.includes("\ufffd"))
    },
    read(path) {
      return git(folder, ["show", "--no-textconv", `${commit}:./${path}`])
    },
  }
}
