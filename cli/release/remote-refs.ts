import { execa } from "execa"
import { REMOTE_REFS, readRefNames } from "../../src/door/release/remote-refs.js"
import type { RemoteRefs } from "../../src/release/facts.js"

/** A remote that does not answer within this is not waited for. */
const PATIENCE_MS = 10_000

/**
 * Asks a remote for the names of its tags and of its abandoned releases, with the git and the credentials of this
 * machine; null where it gives no answer. Nothing is asked of the person: git has no terminal here.
 */
export function askRemoteRefs(folder: string): (remote: string) => Promise<RemoteRefs | null> {
  return async (remote) => {
    const { exitCode, stdout } = await execa(
      "git",
      ["-C", folder, "ls-remote", "--refs", "--", remote, ...REMOTE_REFS],
      {
        env: { GIT_TERMINAL_PROMPT: "0", GIT_ASKPASS: "", SSH_ASKPASS: "", SSH_ASKPASS_REQUIRE: "never" },
        // A session of its own has no terminal that ssh could ask on.
        detached: true,
        stdin: "ignore",
        timeout: PATIENCE_MS,
        reject: false,
      },
    )
    return exitCode === 0 ? parseRemoteRefs(stdout) : null
  }
}

/** Reads `ls-remote --refs`: an object, a tab and a full name on each line. Pure. */
export function parseRemoteRefs(listed: string): RemoteRefs {
  return readRefNames(listed.split("\n").map((line) => line.split("\t")[1] ?? ""))
}
