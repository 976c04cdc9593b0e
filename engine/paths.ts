import { createHash } from "node:crypto"
import { homedir } from "node:os"
import { join } from "node:path"

/** Where everything of one engine lives; two caches are two engines that do not meet. */
export interface EnginePaths {
  /** Eight hexadecimal digits that name this engine in interfaces, rules and locks. */
  readonly instance: string
  readonly cache: string
  /** Compiled binaries by content key. */
  readonly builds: string
  /** Bootstrapped Debian root filesystems (tars) by content key. */
  readonly bases: string
  /** The engine's unpacked root filesystem by content key. */
  readonly rootfs: string
  /** OCI layouts of interpreter images by content key. */
  readonly images: string
  /** OCI layouts of SDK content by content key. */
  readonly content: string
  /** The local registry's storage. */
  readonly registry: string
  /** The engine's own state: layers, cache volumes. */
  readonly state: string
  readonly logs: string
  /** Half-made things; swept by the next `up`. */
  readonly scratch: string
  /** What `up` found or made last, as JSON. */
  readonly record: string
  /** Short on purpose: a unix socket's path has at most 107 bytes. */
  readonly run: string
  readonly socket: string
  /** The name of its network in firewall comments and as host name. */
  readonly name: string
  /** Where the network namespace is mounted: a file of our own, because `ip netns` leaves a mount behind. */
  readonly netns: string
}

/** Derives all paths from the environment (`XDG_CACHE_HOME`, `HOME`); touches nothing. */
export function enginePaths(env: Readonly<Record<string, string | undefined>>): EnginePaths {
  const base = env.XDG_CACHE_HOME?.startsWith("/") ? env.XDG_CACHE_HOME : join(env.HOME ?? homedir(), ".cache")
  const cache = join(base, "quillon", "engine")
  const instance = createHash("sha256").update(cache).digest("hex").slice(0, 8)
  const run = `/run/quillon/${instance}`
  return {
    instance,
    cache,
    builds: join(cache, "builds"),
    bases: join(cache, "bases"),
    rootfs: join(cache, "rootfs"),
    images: join(cache, "images"),
    content: join(cache, "content"),
    registry: join(cache, "registry"),
    state: join(cache, "state"),
    logs: join(cache, "logs"),
    scratch: join(cache, "scratch"),
    record: join(cache, "engine.json"),
    run,
    socket: join(run, "engine.sock"),
    name: `quillon-${instance}`,
    netns: join(run, "net"),
  }
}
