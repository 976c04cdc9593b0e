import type { Client, Container } from "@dagger.io/dagger"
import type { Io } from "../io.js"

/** What of a person's SSH a container gets. */
export interface SshParts {
  readonly dag: Client
  readonly env: Io["env"]
  /** Text of the person's `known_hosts`; empty where there is none. */
  readonly knownHosts: string
}

const SOCKET = "/run/ssh-agent.sock"

/** The person's agent answers for the key; nothing of the key is in the container. */
export function withAgent(container: Container, { dag, env, knownHosts }: SshParts): Container {
  const known = container
    .withNewFile("/quillon/known_hosts", knownHosts)
    .withEnvVariable("GIT_SSH_COMMAND", "ssh -o BatchMode=yes -o UserKnownHostsFile=/quillon/known_hosts")
  const { SSH_AUTH_SOCK: socket } = env
  if (socket === undefined || socket === "") return known
  return known.withUnixSocket(SOCKET, dag.host().unixSocket(socket)).withEnvVariable("SSH_AUTH_SOCK", SOCKET)
}
