import type { Client, Container, Service } from "@dagger.io/dagger"
import { createToolchain } from "../src/toolchain/create-toolchain.js"
import type { ToolchainSettings } from "../src/toolchain/settings.js"
import { USER } from "../src/toolchain/user.js"

/** The interpreter of the containers that real servers run in; Debian's packages come with its image. */
const PYTHON = "3.13"

const PYPISERVER = "pypiserver==2.4.2"

/** What the servers in containers are made with. */
export interface BackendParts {
  readonly dag: Client
  readonly settings: ToolchainSettings
  /** Names the volumes that keep what the servers hold. */
  readonly volumes: string
}

/** Ports on which the servers in containers listen. */
export const BACKEND_PORT = 8080

/** `pypiserver`, which keeps files and makes pages for an index. It takes whatever it is given. */
export function packageServer({ dag, settings, volumes }: BackendParts, index: string): Service {
  const toolchain = createToolchain({ dag, settings })
  return toolchain
    .environment({ python: PYTHON, tools: [PYPISERVER] })
    .withMountedCache("/packages", dag.cacheVolume(`${volumes}-${index}`), { owner: USER.owner })
    .withExposedPort(BACKEND_PORT)
    .asService({
      args: [
        ...["pypi-server", "run", "--port", `${BACKEND_PORT}`, "--authenticate", ".", "--passwords", "."],
        ...["--disable-fallback", "--hash-algo", "sha256", "--backend", "simple-dir", "/packages"],
      ],
    })
}

/** Debian's `docker-registry` with Basic authentication. @param htpasswd lines `user:bcrypt` */
export function imageRegistry(parts: BackendParts, htpasswd: string): Service {
  return registryContainer(parts, htpasswd).asService({ args: SERVE_REGISTRY })
}

/** The command that serves a registry. */
export const SERVE_REGISTRY = ["docker-registry", "serve", "/tmp/registry.yml"]

/** The container of `imageRegistry`, before it serves; it keeps images in a volume at `/registry`. */
export function registryContainer({ dag, settings, volumes }: BackendParts, htpasswd: string): Container {
  const toolchain = createToolchain({ dag, settings })
  const environment = {
    REGISTRY_VERSION: "0.1",
    REGISTRY_STORAGE: "filesystem",
    REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY: "/registry",
    REGISTRY_STORAGE_DELETE_ENABLED: "true",
    REGISTRY_HTTP_ADDR: `:${BACKEND_PORT}`,
    // Its host is known to nobody but the proxy in front of it.
    REGISTRY_HTTP_RELATIVEURLS: "true",
    REGISTRY_AUTH: "htpasswd",
    REGISTRY_AUTH_HTPASSWD_REALM: "rehearsal",
    REGISTRY_AUTH_HTPASSWD_PATH: "/run/htpasswd",
    REGISTRY_LOG_ACCESSLOG_DISABLED: "true",
  }
  const container = toolchain
    .environment({ python: PYTHON, apt: ["docker-registry"] })
    .withMountedCache("/registry", dag.cacheVolume(`${volumes}-registry`), { owner: USER.owner })
    .withMountedSecret("/run/htpasswd", dag.setSecret(`${volumes}-htpasswd`, htpasswd), { owner: USER.owner })
    .withNewFile("/tmp/registry.yml", "version: 0.1\n")
    .withExposedPort(BACKEND_PORT)
  return Object.entries(environment).reduce((made, [name, value]) => made.withEnvVariable(name, value), container)
}

/** Makes a service reachable on this machine's loopback. It runs until the session ends. */
export async function tunnelTo(dag: Client, service: Service): Promise<string> {
  const tunnel = await dag
    .host()
    .tunnel(service, { ports: [{ frontend: 0, backend: BACKEND_PORT }] })
    .start()
  const endpoint = await tunnel.endpoint()
  return `http://127.0.0.1:${endpoint.split(":").at(-1)}`
}
