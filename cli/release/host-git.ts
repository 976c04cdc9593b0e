import { GIT_ARGUMENTS, type Git } from "../../src/targets/git-command.js"
import { git } from "../git-facts.js"

/** The git of this machine, for what can't be asked in a container: `conventional-changelog-core` runs it itself. */
export function hostGit(folder: string): Git {
  return {
    async run(args) {
      const stdout = await git(folder, ["--no-replace-objects", ...GIT_ARGUMENTS, ...args])
      return stdout === undefined
        ? { code: 1, stdout: "", complaint: `git ${args[0]} gave no answer` }
        : { code: 0, stdout, complaint: "" }
    },
  }
}
