import { execa } from "execa"

/** A remote that does not answer within this is not waited for. */
const PATIENCE_MS = 10_000

/**
 * Asks a remote for the names of its tags, with the git and the credentials of this machine; null where it gives no
 * answer. Nothing is asked of the person: git has no terminal here.
 */
export function askRemoteTags(folder: string): (remote: string) => Promise<readonly string[] | null> {
  return async (remote) => {
    const { exitCode, stdout } = await execa("git", ["-C", folder, "ls-remote", "--tags", "--refs", "--", remote], {
      env: { GIT_TERMINAL_PROMPT: "0", GIT_ASKPASS: "", SSH_ASKPASS: "", SSH_ASKPASS_REQUIRE: "never" },
      // A session of its own has no terminal that ssh could ask on.
      detached: true,
      stdin: "ignore",
      timeout: PATIENCE_MS,
      reject: false,
    })
    return exitCode === 0 ? parseRemoteTags(stdout) : null
  }
}

/** Reads `ls-remote --tags --refs`: an object, a tab and a full name on each line. Pure. */
export function parseRemoteTags(listed: string): readonly string[] {
  return listed.split("\n").flatMap((line) => /\trefs\/tags\/(.+)$/.exec(line)?.[1] ?? [])
}
