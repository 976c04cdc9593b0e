import { randomBytes } from "node:crypto"
import type { Client, Service } from "@dagger.io/dagger"
import { QuillonError } from "../../src/errors.js"
import { type DebugShell, debugShell } from "../../src/toolchain/debug-shell.js"
import { readErrorChain } from "../../src/toolchain/error-chain.js"
import { classifyThrown } from "../../src/toolchain/thrown.js"
import type { RemotePlace } from "./remote-shell.js"

/** A shell that waits for its client at a port of this machine. */
export interface LentShell extends RemotePlace {
  /** Ends the container and closes the port. */
  close(): Promise<void>
}

/** Whom an error concerns. */
export interface LentTo {
  readonly address: string
  readonly command: string
}

/**
 * Starts a container's shell in the engine and a tunnel to it. Who knows the token is let in once.
 *
 * @throws QuillonError NO_PYTHON where the container has none, CONTAINER_NOT_STARTED otherwise
 */
export async function lendShell(dag: Client, shell: Omit<DebugShell, "token">, to: LentTo): Promise<LentShell> {
  const token = randomBytes(32).toString("hex")
  // A name of its own, so that the engine does not take two shells of one container for the same.
  const secret = dag.setSecret(`quillon-debug-${randomBytes(8).toString("hex")}`, token)
  try {
    const service = await debugShell(dag, { ...shell, token: secret }).start()
    const tunnel = await dag.host().tunnel(service).start()
    const port = Number((await tunnel.endpoint()).split(":").at(-1))
    return { port, token, close: () => closeAll([tunnel, service]) }
  } catch (error) {
    throw whyNotStarted(error, to)
  }
}

/** What can't be closed any more is closed: the session's end takes it along. */
async function closeAll(services: readonly Service[]): Promise<void> {
  await Promise.allSettled(services.map((service) => service.stop({ kill: true })))
}

function whyNotStarted(error: unknown, { address, command }: LentTo): QuillonError {
  const { messages, exec } = readErrorChain(error)
  const said = [...messages, exec?.said ?? ""].join("\n")
  if (/python3.*(not found|no such file)/i.test(said)) {
    return new QuillonError({
      code: "NO_PYTHON",
      message: `the container of ${address} (${command}) has no Python, which lends the shell`,
      next: `dagger call shell --stage ${address} --command ${command} terminal`,
      kind: "environment",
    })
  }
  const { reason, next = "quillon doctor" } = classifyThrown(error)
  return new QuillonError({
    code: "CONTAINER_NOT_STARTED",
    message: `the container of ${address} (${command}) could not be started: ${reason}`,
    next,
    kind: "environment",
  })
}
