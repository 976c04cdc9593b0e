import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import type { RunGit } from "../../../src/targets/git/git-program.js"
import type { CommitWish } from "../../../src/targets/ports/git-remote.js"
import type { GitServer } from "./git-server.js"
import { createHostGit } from "./host-git.js"

const TOKEN = "a-token-that-stands-nowhere"

/** A machine of its own that speaks to the remote: objects that one has are not at another's hand. */
export async function machine(
  server: GitServer,
  name: string,
  more: { readonly token?: string; readonly key?: string } = {},
): Promise<RunGit> {
  const folder = join(server.folder, name)
  await mkdir(folder, { recursive: true })
  return createHostGit({ url: `http://127.0.0.1:${server.port}${server.remote.path}`, folder, token: TOKEN, ...more })
}

/** A release on top of the remote's first commit. */
export function wishOf({ base }: GitServer): CommitWish {
  return {
    base,
    edits: [{ path: "VERSION", diff: "--- a/VERSION\n+++ b/VERSION\n@@ -1 +1 @@\n-1.2.0\n+1.3.0\n" }],
    message: "chore(release): 1.3.0",
    tag: "v1.3.0",
    time: 1_800_000_000,
  }
}
