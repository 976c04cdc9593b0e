import { basename, dirname } from "node:path/posix"
import type { Client, Container, Directory, Secret, Service } from "@dagger.io/dagger"
import type { FilePatterns } from "../project/project.js"

/** A service beside a stage, as the settings describe it. */
export interface ServiceSettings {
  readonly image?: string | undefined
  /** A Dockerfile of the project, in place of an image; its context is its own folder. */
  readonly dockerfile?: string | undefined
  readonly port: number
  readonly env: Readonly<Record<string, string>>
  readonly secrets: readonly string[]
  readonly args?: readonly string[] | undefined
  readonly health?:
    | {
        readonly command: readonly string[]
        /** Seconds. */
        readonly timeout: number
        /** Seconds. */
        readonly interval: number
      }
    | undefined
}

/** What services are made with. */
export interface ServicePorts {
  readonly dag: Client
  readonly secret: (name: string) => Secret
  /** Views of the project's files. */
  readonly sources: { view(patterns: FilePatterns): Directory }
}

/**
 * Binds services to a container by host name. The engine starts them when a command of the container runs, waits until
 * the health command passes (the open port where there is none), and does not start them for a step that it remembers.
 */
export function withServices(
  container: Container,
  services: Readonly<Record<string, ServiceSettings>>,
  ports: ServicePorts,
): Container {
  return Object.entries(services).reduce(
    (bound, [host, settings]) => bound.withServiceBinding(host, serviceOf(settings, ports)),
    container,
  )
}

function serviceOf(settings: ServiceSettings, ports: ServicePorts): Service {
  const { port, env, secrets, args, health } = settings
  const { secret } = ports
  const from = baseOf(settings, ports).withExposedPort(port)
  const withEnv = Object.entries(env).reduce((made, [name, value]) => made.withEnvVariable(name, value), from)
  const withSecrets = secrets.reduce((made, name) => made.withSecretVariable(name, secret(name)), withEnv)
  const checked = health === undefined ? withSecrets : withHealth(withSecrets, health)
  return checked.asService({ useEntrypoint: true, ...(args === undefined ? {} : { args: [...args] }) })
}

/** The image; for a Dockerfile, what it builds of the folder in which it lies. */
function baseOf({ image, dockerfile }: ServiceSettings, { dag, sources }: ServicePorts): Container {
  if (dockerfile === undefined) return dag.container().from(image ?? "")
  const folder = dirname(dockerfile)
  const include = folder === "." ? ["**"] : [`${folder}/**`]
  const context = sources.view({ include, exclude: [".git", ".quillon"] })
  const inFolder = folder === "." ? context : context.directory(folder)
  return inFolder.dockerBuild({ dockerfile: basename(dockerfile) })
}

function withHealth(container: Container, health: NonNullable<ServiceSettings["health"]>): Container {
  return container.withDockerHealthcheck([...health.command], {
    interval: `${health.interval}s`,
    retries: Math.max(1, Math.ceil(health.timeout / health.interval)),
  })
}
