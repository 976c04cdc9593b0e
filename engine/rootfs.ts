import { existsSync } from "node:fs"
import { copyFile, link, mkdir, rename, rm, symlink } from "node:fs/promises"
import { join } from "node:path"
import { type BootstrapRecipe, bootstrapKey } from "./bootstrap.js"
import type { Run } from "./process.js"
import { contentKey } from "./recipe.js"
import { removeTree } from "./remove-tree.js"

/** What the engine needs around it: runtime, network plugins, name service, git, and the registry with its client. */
export const ROOTFS_RECIPE: BootstrapRecipe = {
  suite: "bookworm",
  packages: [
    "ca-certificates",
    "containernetworking-plugins",
    "dnsmasq-base",
    "docker-registry",
    "dumb-init",
    "git",
    "iproute2",
    "iptables",
    "openssh-client",
    "pigz",
    "runc",
    "skopeo",
    "xz-utils",
  ],
}

/** Links that the engine expects and Debian has elsewhere: [link, target]. */
const LINKS: readonly (readonly [string, string])[] = [
  ["usr/local/bin/runc", "/usr/sbin/runc"],
  ["usr/bin/xtables-legacy-multi", "/usr/sbin/xtables-legacy-multi"],
  ["usr/bin/xtables-nft-multi", "/usr/sbin/xtables-nft-multi"],
  ["opt/cni/bin/bridge", "/usr/lib/cni/bridge"],
  ["opt/cni/bin/loopback", "/usr/lib/cni/loopback"],
  ["opt/cni/bin/firewall", "/usr/lib/cni/firewall"],
  ["opt/cni/bin/host-local", "/usr/lib/cni/host-local"],
]

/** Where the compiled programs go: [program, path]. */
const PROGRAMS: readonly (readonly [string, string])[] = [
  ["engine", "usr/local/bin/dagger-engine"],
  ["init", "usr/local/bin/dagger-init"],
  ["dagger", "usr/local/bin/dagger"],
  ["dnsname", "opt/cni/bin/dnsname"],
]

/** Folders and files that `launch` mounts something on. */
const FOLDERS = [
  "etc/dagger",
  "mnt/host",
  "opt/cni/bin",
  "quillon/images",
  "quillon/registry",
  "quillon/config",
  "quillon/logs",
  "usr/local/share/ca-certificates",
  "usr/local/share/dagger/content",
  "var/lib/dagger",
]

/** What the root filesystem is made of. */
export interface RootfsParts {
  readonly baseTar: string
  readonly binaries: string
  readonly buildKey: string
}

/** Where it is made. */
export interface RootfsContext {
  readonly rootfs: string
  readonly scratch: string
  readonly run: Run
}

/** Names a root filesystem in the cache. */
export function rootfsKey(buildKey: string): string {
  return contentKey(["rootfs-1", bootstrapKey(ROOTFS_RECIPE), buildKey, JSON.stringify([LINKS, PROGRAMS, FOLDERS])])
}

/** Unpacks and completes the engine's root filesystem unless the cache has it; gives its folder. */
export async function makeRootfs(parts: RootfsParts, context: RootfsContext): Promise<string> {
  const key = rootfsKey(parts.buildKey)
  const finished = join(context.rootfs, key)
  if (existsSync(finished)) return finished
  const half = join(context.scratch, `rootfs-${key}`)
  await removeTree(half, context.run)
  await mkdir(half, { recursive: true })
  await context.run([
    "tar",
    "--extract",
    "--numeric-owner",
    "--same-permissions",
    `--file=${parts.baseTar}`,
    `--directory=${half}`,
  ])
  for (const folder of FOLDERS) await mkdir(join(half, folder), { recursive: true })
  for (const [path, target] of LINKS) await replaceLink(join(half, path), target)
  for (const [program, path] of PROGRAMS) await place(join(parts.binaries, program), join(half, path))
  await mkdir(context.rootfs, { recursive: true })
  await rename(half, finished)
  return finished
}

async function replaceLink(path: string, target: string): Promise<void> {
  await rm(path, { force: true })
  await symlink(target, path)
}

/** A hard link costs no disk; a cache that is spread over file systems gets a copy. */
async function place(from: string, to: string): Promise<void> {
  await rm(to, { force: true })
  await link(from, to).catch(() => copyFile(from, to))
}
