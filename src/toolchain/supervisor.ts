import type { Client, Container, Directory } from "@dagger.io/dagger"
import type { Address } from "../pipeline/cell.js"
import type { Command, Execution } from "../pipeline/command.js"
import { parseExecution } from "./execution.js"
import { OUT_PATH, RUNTIME_PATH } from "./paths.js"
import { supervisorArgv } from "./supervisor-argv.js"

/** With what commands are supervised. */
export interface SupervisorPorts {
  readonly dag: Client
  /** As `supervisorRuntime` makes it. */
  readonly runtime: Directory
}

/** How one command is supervised. */
export interface Supervision {
  /** The cell; it stands in the engine's spans as `quillon:<address>:<command>`. */
  readonly address: Address
  /** Decided by the runner: the person's, the stage's, the command's own, or the default. */
  readonly timeoutSeconds: number
  /** Set on this step alone and hidden from the command: a nonce, a time bucket. */
  readonly environment: Readonly<Record<string, string>>
  /** Names of the container's secret variables, whose values must not stand in what the command leaves. */
  readonly secrets?: readonly string[]
}

/** A command that was given to the engine; nothing runs until something of it is read. */
export interface Supervised {
  /** `stdout`, `stderr`, `result.json` and `kept/<kind>/`. */
  readonly output: Directory
  /** As the command left it. */
  readonly container: Container
  /** Executes the command; one round trip. @throws what the engine throws where a container can't be made. */
  read(): Promise<Execution>
}

/** Builds the lazy step that runs a command under the supervisor. @throws RangeError for a kind that is no file name. */
export function supervise(ports: SupervisorPorts, command: Command, supervision: Supervision): Supervised {
  const { dag, runtime } = ports
  const salt = Object.entries(supervision.environment)
  const out = dag.directory().withNewDirectory("out", { permissions: 0o777 }).directory("out")
  const salted = salt.reduce((container, [name, value]) => container.withEnvVariable(name, value), command.container)
  const ran = salted
    .withMountedDirectory(RUNTIME_PATH, runtime, { readOnly: true })
    .withMountedDirectory(OUT_PATH, out)
    .withExec(supervisorArgv(command, supervision))
  const output = ran.directory(OUT_PATH)
  const container = salt.reduce(
    (left, [name]) => left.withoutEnvVariable(name),
    ran.withoutMount(OUT_PATH).withoutMount(RUNTIME_PATH),
  )
  return { output, container, read: async () => parseExecution(await output.file("result.json").contents()) }
}
