import type { CacheSharingMode, Client, Container, File } from "@dagger.io/dagger"
import { UV_CACHE_PATH, UV_PATH, VENV_PATH } from "./paths.js"
import type { IndexSettings } from "./settings.js"
import { TOOL_LOCKS } from "./tool-locks.js"
import { pinOf } from "./tools.js"
import { USER } from "./user.js"

/** Where an interpreter image keeps the certificates that it trusts. */
const CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"

/** The `uv` program, from its pinned and hashed wheel. */
export function uvBinary(interpreter: Container): File {
  const target = "/.quillon/make/uv"
  const options = ["--no-deps", "--require-hashes", "--no-cache-dir", "--disable-pip-version-check", "--quiet"]
  return interpreter
    .withNewFile("/.quillon/make/uv.txt", TOOL_LOCKS[pinOf("uv")] ?? "")
    .withEnvVariable("PIP_CERT", CERTIFICATES)
    .withEnvVariable("PIP_ROOT_USER_ACTION", "ignore")
    .withExec(["python3", "-m", "pip", "install", ...options, "--target", target, "-r", "/.quillon/make/uv.txt"])
    .file(`${target}/bin/uv`)
}

/** What `withUv` needs. */
export interface UvPorts {
  readonly dag: Client
  readonly binary: File
  readonly index: IndexSettings | undefined
}

/** What commands find of `uv` in their environment while it is at hand. */
function uvVariables(index: IndexSettings | undefined): Readonly<Record<string, string>> {
  return {
    UV_CACHE_DIR: UV_CACHE_PATH,
    UV_LINK_MODE: "copy",
    UV_NO_PROGRESS: "1",
    UV_PYTHON_DOWNLOADS: "never",
    UV_SYSTEM_CERTS: "1",
    ...(index?.url === undefined ? {} : { UV_DEFAULT_INDEX: index.url }),
  }
}

/** The container with `uv`, its cache and its settings at hand, for the ordinary user. */
export function withUv(container: Container, { dag, binary, index }: UvPorts): Container {
  const mounted = container
    .withMountedFile(UV_PATH, binary)
    .withMountedCache(UV_CACHE_PATH, dag.cacheVolume("quillon-uv"), {
      owner: USER.owner,
      sharing: "SHARED" as CacheSharingMode,
    })
  return Object.entries(uvVariables(index)).reduce((made, [name, value]) => made.withEnvVariable(name, value), mounted)
}

/** The container without what `withUv` added, so that the project's tests see none of it. */
export function withoutUv(container: Container, { index }: Pick<UvPorts, "index">): Container {
  return Object.keys(uvVariables(index)).reduce(
    (left, name) => left.withoutEnvVariable(name),
    container.withoutMount(UV_CACHE_PATH).withoutMount(UV_PATH),
  )
}

/** The argv that installs into the virtual environment of a container that `withUv` made. */
export function uvInstall(what: readonly string[]): string[] {
  return [UV_PATH, "pip", "install", "--no-config", "--python", `${VENV_PATH}/bin/python`, ...what]
}
