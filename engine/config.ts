import { libraryFirst } from "./go-sdk/library.js"

/** Where the registry listens, seen from inside the engine's network namespace: nobody else can reach it. */
export const REGISTRY_ADDRESS = "127.0.0.1:5000"

/**
 * The engine's configuration file (`engine.json`): Docker Hub's images come from the local registry first, the log tells
 * what goes wrong and not each layer, and the cache is kept while the disk has room. By its own default an engine throws
 * layers away as soon as less than a fifth of the disk is free, which on a well used laptop is always.
 */
export function engineConfiguration(): string {
  const registries = {
    "docker.io": { mirrors: [REGISTRY_ADDRESS] },
    [REGISTRY_ADDRESS]: { http: true },
  }
  const gc = { reservedSpace: "10GB", maxUsedSpace: "50%", minFreeSpace: "5%" }
  return `${JSON.stringify({ logLevel: "info", gc, registries }, null, 2)}\n`
}

/** The engine's other configuration file (`engine.toml`): control groups of its own, so that `down` knows which to remove. */
export function workerConfiguration(name: string): string {
  return `[worker.oci]\n  defaultCgroupParent = "${name}"\n`
}

/** The configuration of Debian's docker-registry. */
export function registryConfiguration(): string {
  return [
    "version: 0.1",
    "log:",
    "  level: warn",
    "  accesslog:",
    "    disabled: true",
    "storage:",
    "  filesystem:",
    "    rootdirectory: /quillon/registry",
    "  delete:",
    "    enabled: true",
    "http:",
    `  addr: ${REGISTRY_ADDRESS}`,
    "",
  ].join("\n")
}

const PROXIES = ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY"]

/** The engine's environment: proxies (it hands the upper-case ones on to its containers, and Go's to its Go SDK) and SDK content, no more. */
export function engineEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  content: readonly { readonly variable: string; readonly manifestDigest: string }[],
): Readonly<Record<string, string>> {
  const result: Record<string, string> = {
    PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
    HOME: "/root",
    LANG: "C.UTF-8",
    DO_NOT_TRACK: "1",
  }
  for (const name of PROXIES) {
    const value = env[name] ?? env[name.toLowerCase()]
    if (value !== undefined && value !== "") result[name] = value
  }
  if (env.GOPROXY !== undefined && env.GOPROXY !== "") {
    result._DAGGER_ENGINE_SYSTEMENV_GOPROXY = libraryFirst(env.GOPROXY)
  }
  for (const built of content) result[built.variable] = built.manifestDigest
  return result
}
