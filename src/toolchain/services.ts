import type { Client, Container, Secret, Service } from "@dagger.io/dagger"

/** A service beside a stage, as the settings describe it. */
export interface ServiceSettings {
  readonly image: string
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

function serviceOf(
  { image, port, env, secrets, args, health }: ServiceSettings,
  { dag, secret }: ServicePorts,
): Service {
  const from = dag.container().from(image).withExposedPort(port)
  const withEnv = Object.entries(env).reduce((made, [name, value]) => made.withEnvVariable(name, value), from)
  const withSecrets = secrets.reduce((made, name) => made.withSecretVariable(name, secret(name)), withEnv)
  const checked = health === undefined ? withSecrets : withHealth(withSecrets, health)
  return checked.asService({ useEntrypoint: true, ...(args === undefined ? {} : { args: [...args] }) })
}

function withHealth(container: Container, health: NonNullable<ServiceSettings["health"]>): Container {
  return container.withDockerHealthcheck([...health.command], {
    interval: `${health.interval}s`,
    retries: Math.max(1, Math.ceil(health.timeout / health.interval)),
  })
}
