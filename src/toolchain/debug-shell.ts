import type { Client, Container, Secret, Service } from "@dagger.io/dagger"
import { PTY_SERVER_PY, RERUN_PY } from "./assets.js"

/** Where the programs of a debug shell are mounted; `bin` is the end of the shell's search path. */
const PLACE = "/.quillon/debug"
const TOKEN_PATH = "/.quillon/debug-token"

/** The folder of `rerun`, as it stands at the end of a search path. */
export const RERUN_PATH = `:${PLACE}/bin`

/** The port on which the shell is served, in the container. */
export const SHELL_PORT = 7654

/** Seconds for which the shell waits for its client. */
const PATIENCE = 60

/** What a debug shell is made of. */
export interface DebugShell {
  readonly container: Container
  /** What `rerun` repeats. */
  readonly argv: readonly string[]
  /** Stands in the prompt. */
  readonly address: string
  /** Who says this first is let in, and nobody after him. */
  readonly token: Secret
}

/** Shells that a container may have, the one that people like to type in first. */
export const SHELLS: readonly (readonly string[])[] = [
  ["bash", "--rcfile", `${PLACE}/bashrc`, "-i"],
  ["sh", "-i"],
]

/**
 * A service that lends one shell in the container to one client, as the container's user, with its environment and
 * folder. The container must have `python3` on its search path.
 */
export function debugShell(dag: Client, { container, argv, address, token }: DebugShell): Service {
  const programs = dag
    .directory()
    .withNewFile("pty_server.py", PTY_SERVER_PY)
    .withNewFile("bin/rerun", `#!/usr/bin/env -S python3 -I\n${RERUN_PY}`, { permissions: 0o755 })
    .withNewFile("bashrc", `PS1='\\[\\e[36m\\]${address}\\[\\e[0m\\] \\w \\$ '\n`)
    .withNewFile("command.json", JSON.stringify(argv))
  return container
    .withMountedDirectory(PLACE, programs, { readOnly: true })
    .withMountedSecret(TOKEN_PATH, token, { owner: "0:0", mode: 0o444 })
    .withExposedPort(SHELL_PORT)
    .asService({ args: ["python3", "-I", "-S", `${PLACE}/pty_server.py`, `${SHELL_PORT}`, TOKEN_PATH, `${PATIENCE}`] })
}
