import type { CacheSharingMode, Client, Container, File, Secret } from "@dagger.io/dagger"
import { INSTALL_UV_PY, UV_WITH_CREDENTIALS_PY } from "./assets.js"
import { indexVariables } from "./indexes.js"
import { UV_CACHE_PATH, UV_PATH, UV_PROGRAM_PATH, VENV_PATH } from "./paths.js"
import type { IndexSettings } from "./settings.js"
import { TOOL_LOCKS } from "./tool-locks.js"
import { pinOf } from "./tools.js"
import { USER } from "./user.js"

/** Where an interpreter image keeps the certificates that it trusts. */
const CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"

/** Where root's pip keeps what it downloads. */
const PIP_CACHE_PATH = "/root/.cache/pip"

/** From where packages come. */
export interface IndexPorts {
  readonly dag: Client
  readonly index: IndexSettings | undefined
  /** A secret by the name that the settings give it. */
  readonly secret: (name: string) => Secret
}

/** What `withUv` needs. */
export interface UvPorts extends IndexPorts {
  /** As `uvBinary` gives it. */
  readonly binary: File
}

/** The `uv` program, from its pinned and hashed wheel. */
export function uvBinary(interpreter: Container, { dag, index, secret }: IndexPorts): File {
  const [program, requirements, target] = ["install_uv.py", "uv.txt", "uv"].map((name) => `/.quillon/make/${name}`)
  const from = index?.url === undefined ? [] : [index.url]
  const container = interpreter
    .withNewFile(`${program}`, INSTALL_UV_PY)
    .withNewFile(`${requirements}`, TOOL_LOCKS[pinOf("uv")] ?? "")
    .withMountedCache(PIP_CACHE_PATH, dag.cacheVolume("quillon-pip"))
    .withEnvVariable("PIP_CERT", CERTIFICATES)
  const credential = index?.url === undefined ? undefined : index.credential
  const trusted =
    credential === undefined ? container : container.withSecretVariable("QUILLON_INDEX_DEFAULT", secret(credential))
  const install = ["python3", `${program}`, `${requirements}`, `${target}`, `${PIP_CACHE_PATH}/quillon`, ...from]
  return trusted.withExec(install).file(`${target}/bin/uv`)
}

/** What commands find of `uv` in their environment while it is at hand. */
function uvVariables(index: IndexSettings | undefined): Readonly<Record<string, string>> {
  return {
    UV_CACHE_DIR: UV_CACHE_PATH,
    UV_LINK_MODE: "copy",
    UV_NO_PROGRESS: "1",
    UV_PYTHON_DOWNLOADS: "never",
    UV_SYSTEM_CERTS: "1",
    ...indexVariables(index).plain,
  }
}

/** The container with `uv`, its cache and its settings at hand, for the ordinary user. */
export function withUv(container: Container, { dag, binary, index, secret }: UvPorts): Container {
  const secrets = Object.entries(indexVariables(index).secret)
  let made = container.withMountedCache(UV_CACHE_PATH, dag.cacheVolume("quillon-uv"), {
    owner: USER.owner,
    sharing: "SHARED" as CacheSharingMode,
  })
  for (const [name, value] of Object.entries(uvVariables(index))) made = made.withEnvVariable(name, value)
  if (secrets.length === 0) return made.withMountedFile(UV_PATH, binary)
  for (const [name, value] of secrets) made = made.withSecretVariable(name, secret(value))
  const standIn = dag.file("uv", `#!/usr/bin/env -S python3 -I\n${UV_WITH_CREDENTIALS_PY}`, { permissions: 0o755 })
  return made.withMountedFile(UV_PROGRAM_PATH, binary).withMountedFile(UV_PATH, standIn)
}

/** The container without what `withUv` added, so that the project's tests see none of it. */
export function withoutUv(container: Container, { index }: Pick<UvPorts, "index">): Container {
  let left = container.withoutMount(UV_CACHE_PATH).withoutMount(UV_PATH)
  for (const name of Object.keys(uvVariables(index))) left = left.withoutEnvVariable(name)
  const secrets = Object.keys(indexVariables(index).secret)
  if (secrets.length === 0) return left
  for (const name of secrets) left = left.withoutSecretVariable(name)
  return left.withoutMount(UV_PROGRAM_PATH)
}

/** The argv that installs into the virtual environment of a container that `withUv` made. */
export function uvInstall(what: readonly string[]): string[] {
  return [UV_PATH, "pip", "install", "--no-config", "--python", `${VENV_PATH}/bin/python`, ...what]
}
