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
}

/** The container with `uv` and its cache at hand, for the ordinary user. */
export function withUv(container: Container, { dag, binary }: UvPorts): Container {
  return container.withMountedFile(UV_PATH, binary).withMountedCache(UV_CACHE_PATH, dag.cacheVolume("quillon-uv"), {
    owner: USER.owner,
    sharing: "SHARED" as CacheSharingMode,
  })
}

/** The container without what `withUv` added, so that the command of a stage sees none of it. */
export function withoutUv(container: Container): Container {
  return container.withoutMount(UV_CACHE_PATH).withoutMount(UV_PATH)
}

/**
 * The argv that installs into the virtual environment. Options stand on the command line and not in the environment,
 * where the project's own tests would meet them. Everything comes resolved, so nothing is resolved again.
 */
export function uvInstall(index: IndexSettings | undefined, what: readonly string[]): string[] {
  const options = [
    "--no-config",
    "--no-progress",
    "--no-python-downloads",
    "--system-certs",
    "--cache-dir",
    UV_CACHE_PATH,
  ]
  const install = ["--python", `${VENV_PATH}/bin/python`, "--link-mode", "copy", "--compile-bytecode"]
  const from = index?.url === undefined ? [] : ["--default-index", index.url]
  return [UV_PATH, "pip", "install", ...options, ...install, ...from, ...what]
}
