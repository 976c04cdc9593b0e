import type { ProjectFiles } from "../project/files.js"
import { demandGit, type Git } from "./git-command.js"

/**
 * The project's files as a commit has them, byte order marks included. A file that is not UTF-8 can't be read.
 *
 * @param folder the project's folder in the repository, `.` for the root
 * @throws QuillonError GIT_UNREADABLE where the commit or the folder is not there
 */
export function createCommitFiles(git: Git, commit: string, folder = "."): ProjectFiles {
  const prefix = folder === "." ? "" : `${folder}/`
  return {
    async list() {
      const tree = `${commit}:${folder === "." ? "" : folder}`
      const listed = await demandGit(git, ["ls-tree", "-r", "-z", "--full-tree", "--name-only", tree])
      return listed.split("\0").filter((path) => path !== "" && !path.includes("\ufffd"))
    },
    async read(path) {
      const { code, stdout } = await git.run(["show", "--no-textconv", `${commit}:${prefix}${path}`])
      return code === 0 && !stdout.includes("\ufffd") ? stdout : undefined
    },
  }
}
