import { existsSync } from "node:fs"
import { readdir, readFile, rm, rmdir } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { hostLink, ruleRemovals } from "./network.js"
import type { EnginePaths } from "./paths.js"
import type { Run } from "./process.js"
import { engineProcesses } from "./processes.js"

/**
 * How long an engine may take to end in order; then it is killed (milliseconds). It needs 4 to 17 s here, and one that is
 * killed loses all of its layers, so that this is long.
 */
const PATIENCE = 60_000

/**
 * Ends whatever runs of an engine and removes its network, rules and socket, also after a kill or a half-made `up`.
 * `patience` is for an engine that has nothing to lose (milliseconds).
 */
export async function teardown(
  paths: EnginePaths,
  run: Run,
  { patience = PATIENCE }: { readonly patience?: number } = {},
): Promise<void> {
  await endProcesses(paths.netns, patience)
  while (await isMountPoint(paths.netns)) await run(["umount", "--lazy", paths.netns])
  const link = hostLink(paths.instance)
  if (existsSync(`/sys/class/net/${link}`)) await run(["ip", "link", "delete", link], { onFailure: "result" })
  const saved = await run(["iptables-save"], { onFailure: "result" })
  for (const command of ruleRemovals(saved.stdout, paths.name)) await run(command, { onFailure: "result" })
  await removeControlGroups(paths.name)
  await rm(paths.run, { recursive: true, force: true })
}

async function endProcesses(netns: string, patience: number): Promise<void> {
  const first = engineProcesses(netns).filter((process) => process.first)
  for (const { pid } of first) signal(pid, "SIGTERM")
  for (const deadline = Date.now() + patience; Date.now() < deadline; await pause(50)) {
    const alive = engineProcesses(netns)
    // Whoever else sits in the namespace (a curious person's shell) gets no long grace.
    if (!alive.some(({ pid }) => first.some((other) => other.pid === pid))) break
  }
  for (let round = 0; round < 100; round++) {
    const alive = engineProcesses(netns)
    if (alive.length === 0) return
    for (const { pid } of alive) signal(pid, "SIGKILL")
    await pause(50)
  }
}

/** Removes the empty control groups that containers of a killed engine leave, in every hierarchy (version 1 and 2). */
async function removeControlGroups(name: string): Promise<void> {
  const root = "/sys/fs/cgroup"
  const hierarchies = await readdir(root).catch(() => [])
  for (const parent of [join(root, name), ...hierarchies.map((hierarchy) => join(root, hierarchy, name))]) {
    const below = await readdir(parent, { recursive: true, withFileTypes: true }).catch(() => [])
    const folders = below.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name))
    // A control group's files can't be deleted; the kernel takes them away with the folder, the innermost first.
    for (const folder of [...folders.sort().reverse(), parent]) await rmdir(folder).catch(() => {})
  }
}

async function isMountPoint(path: string): Promise<boolean> {
  const mounts = await readFile("/proc/self/mountinfo", "utf8")
  return mounts.split("\n").some((line) => line.split(" ")[4] === path)
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It ended in between.
  }
}
