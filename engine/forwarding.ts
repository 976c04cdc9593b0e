import { existsSync } from "node:fs"
import { readdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { EnginePaths } from "./paths.js"

const SWITCH = "/proc/sys/net/ipv4/ip_forward"

function note(paths: EnginePaths): string {
  return join(paths.cache, "forwarding-was-off")
}

/** Lets the kernel forward packets, and notes when it did not before. */
export async function enableForwarding(paths: EnginePaths): Promise<void> {
  if ((await readFile(SWITCH, "utf8")).trim() === "1") return
  await writeFile(note(paths), "")
  await writeFile(SWITCH, "1\n")
}

/** Sets forwarding back when an engine switched it on and nothing is left that looks as if it needed it. */
export async function restoreForwarding(paths: EnginePaths): Promise<void> {
  if (!existsSync(note(paths))) return
  if (await othersForward(await readdir("/sys/class/net"))) return
  await writeFile(SWITCH, "0\n")
  await rm(note(paths), { force: true })
}

async function othersForward(links: readonly string[]): Promise<boolean> {
  return links.some(
    (link) => link.startsWith("quillon") || existsSync(`/sys/class/net/${link}/bridge`) || /^(veth|tun|wg)/.test(link),
  )
}
