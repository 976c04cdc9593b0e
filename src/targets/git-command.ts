import type { Container, Directory } from "@dagger.io/dagger"
import { QuillonError } from "../errors.js"

/** What one call of git gave. */
export interface GitOutput {
  readonly code: number
  readonly stdout: string
  /** Last line of what it complained about. */
  readonly complaint: string
}

/** A repository that git can be asked about; nothing is ever written to it. */
export interface Git {
  /** Runs git with these arguments; any exit code is an answer. */
  run(args: readonly string[]): Promise<GitOutput>
}

/**
 * Environment in which git shows the history that every clone shows: no grafts and replacements of this machine, and
 * no configuration of this machine or its user.
 */
export const GIT_ENVIRONMENT: Readonly<Record<string, string>> = {
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_GRAFT_FILE: "/dev/null",
  GIT_NO_REPLACE_OBJECTS: "1",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_TERMINAL_PROMPT: "0",
}

/**
 * Arguments before the command: the folder belongs to another user in a container, and what a repository's own
 * configuration could start (pager, file watcher, signature program) is not started.
 */
export const GIT_ARGUMENTS: readonly string[] = [
  "--no-pager",
  ...["safe.directory=*", "core.fsmonitor=false", "log.showSignature=false", "core.quotePath=false"].flatMap(
    (setting) => ["-c", setting],
  ),
]

/** What git says. @throws QuillonError GIT_UNREADABLE with git's own words, where it fails */
export async function demandGit(git: Git, args: readonly string[]): Promise<string> {
  const { code, stdout, complaint } = await git.run(args)
  if (code === 0) return stdout
  throw new QuillonError({
    code: "GIT_UNREADABLE",
    message: `git ${args[0]} failed: ${complaint || `exit code ${code}`}`,
    next: "git fsck tells whether the repository is whole",
    kind: "environment",
  })
}

const MOUNT = "/repository.git"
const OUT = "/tmp/git.out"

/**
 * Git in a container.
 *
 * @param container has git on PATH
 * @param directory the `.git` folder: mounted in these steps alone (DESIGN §6)
 */
export function containerGit(container: Container, directory: Directory): Git {
  const mounted = Object.entries(GIT_ENVIRONMENT).reduce(
    (each, [name, value]) => each.withEnvVariable(name, value),
    container.withMountedDirectory(MOUNT, directory),
  )
  return {
    async run(args) {
      const argv = ["git", ...GIT_ARGUMENTS, `--git-dir=${MOUNT}`, ...args]
      // By name: enumerations of the client are not there at run time (import law).
      const step = mounted.withExec(argv, { redirectStdout: OUT, expect: "ANY" as never })
      try {
        const code = await step.exitCode()
        const complaint = code === 0 ? "" : lastLine(await step.stderr())
        return { code, stdout: await step.file(OUT).contents(), complaint }
      } catch (error) {
        // Git dies with 128, which is above the codes that "any" covers.
        if (!isExit(error)) throw error
        return { code: error.exitCode, stdout: "", complaint: lastLine(error.stderr) }
      }
    },
  }
}

/** What the client throws for an exit code; a class that modules do not export (code D109). */
function isExit(error: unknown): error is { readonly exitCode: number; readonly stderr: string } {
  return (
    error instanceof Error &&
    "exitCode" in error &&
    typeof error.exitCode === "number" &&
    "stderr" in error &&
    typeof error.stderr === "string" &&
    // Setting the container up is a step, too: its failure is no answer of git.
    "cmd" in error &&
    Array.isArray(error.cmd) &&
    error.cmd[0] === "git"
  )
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? ""
}
