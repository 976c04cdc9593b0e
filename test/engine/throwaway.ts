import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { connectionEnvironment } from "../../engine/connection.js"
import { type EnginePaths, enginePaths } from "../../engine/paths.js"
import { engineStatus } from "../../engine/status.js"

const ROOT = join(import.meta.dirname, "../..")
const QUILLON = join(ROOT, "dist/quillon.js")

/** How a command of the CLI ended. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
  readonly seconds: number
}

/** An engine with a cache of its own, beside whatever else runs on the machine. */
export interface Throwaway {
  readonly paths: EnginePaths
  readonly env: NodeJS.ProcessEnv
  quillon(...args: readonly string[]): Promise<Ended>
  /** Starts a command of the CLI without waiting; the process is the CLI itself, so that a test can kill it. */
  start(...args: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> }
  remove(): Promise<void>
}

/** Makes one whose cache has what the person's own has already (as hard links, so that it takes no time), less what a test leaves out. */
export function throwawayEngine(
  options: { readonly without?: readonly string[]; readonly empty?: true } = {},
): Throwaway {
  const folder = mkdtempSync(join(tmpdir(), "quillon-engine-"))
  const { _EXPERIMENTAL_DAGGER_RUNNER_HOST: _host, _EXPERIMENTAL_DAGGER_CLI_BIN: _cli, ...inherited } = process.env
  const env = { ...inherited, XDG_CACHE_HOME: folder }
  const paths = enginePaths(env)
  mkdirSync(paths.cache, { recursive: true })
  if (options.empty === undefined) linkFinished(paths.cache, options.without ?? [])
  const start: Throwaway["start"] = (...args) => {
    const began = Date.now()
    const child = spawn(process.execPath, [QUILLON, "engine", ...args], { env, stdio: ["ignore", "pipe", "pipe"] })
    const ended = new Promise<Ended>((resolve) => {
      let out = ""
      let err = ""
      child.stdout.on("data", (chunk) => {
        out += chunk
      })
      child.stderr.on("data", (chunk) => {
        err += chunk
      })
      child.once("close", (code) => resolve({ code, out, err, seconds: (Date.now() - began) / 1000 }))
    })
    return { child, ended }
  }
  const quillon: Throwaway["quillon"] = (...args) => start(...args).ended
  return {
    paths,
    env,
    quillon,
    start,
    remove: async () => {
      await quillon("down")
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Brings a throwaway engine up; gives the variables that lead a client to it. @throws Error when it does not start */
export async function bringUp(
  engine: Throwaway,
  ...options: readonly string[]
): Promise<ReturnType<typeof connectionEnvironment>> {
  const { code, err } = await engine.quillon("up", ...options)
  if (code !== 0) throw new Error(`engine up ended with ${code}:\n${err.slice(-2000)}`)
  const { socket, binaries } = await engineStatus(engine.paths)
  if (binaries === undefined) throw new Error(`the engine at ${socket} tells no folder of binaries`)
  return connectionEnvironment({ socket, binaries })
}

function linkFinished(cache: string, without: readonly string[]): void {
  const own = enginePaths(process.env).cache
  for (const part of ["builds", "bases", "images", "content", "registry"]) {
    if (without.includes(part)) continue
    if (!existsSync(join(own, part))) continue
    execFileSync("cp", ["--archive", "--link", join(own, part), join(cache, part)])
    const left = readdirSync(join(cache, part)).filter((name) => without.some((start) => name.startsWith(start)))
    for (const name of left) rmSync(join(cache, part, name), { recursive: true })
  }
}

/** What an engine may leave on a machine, as text lines; other engines' lines are none of a test's business. */
export function machineState(paths: EnginePaths): Readonly<Record<string, readonly string[]>> {
  const output = (command: string, ...args: readonly string[]) =>
    execFileSync(command, args, { encoding: "utf8" }).split("\n")
  const ours = (lines: readonly string[]) =>
    lines.filter((line) => line.includes(paths.instance) || line.includes(paths.cache))
  return {
    links: ours(output("ip", "-o", "link")),
    namespaces: ours(output("ip", "netns")),
    rules: ours(output("iptables-save")),
    mounts: ours(readFileSync("/proc/self/mountinfo", "utf8").split("\n")),
    controlGroups: ours(output("find", "/sys/fs/cgroup", "-type", "d", "-name", "quillon-*")),
    processes: ours(commandLines()),
    run: existsSync(paths.run) ? [paths.run] : [],
  }
}

/** Files of the host that a container engine is tempted to change. */
export function hostFiles(): string {
  const listed = execFileSync("sh", [
    "-c",
    "ls -l /etc/resolv.conf /etc/hosts /usr/bin/*tables* /usr/sbin/*tables* 2>/dev/null; cat /etc/resolv.conf /etc/hosts",
  ])
  return listed.toString()
}

function commandLines(): readonly string[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .map((entry) => {
      try {
        return ["cmdline", "environ"]
          .map((file) => readFileSync(`/proc/${entry}/${file}`, "utf8").replaceAll("\0", " "))
          .join(" ")
      } catch {
        return ""
      }
    })
}
