import { accessSync, constants, existsSync, readFileSync, statfsSync } from "node:fs"
import { delimiter, dirname, join } from "node:path"
import { execa } from "execa"
import { DEBIAN_KEYRING, type HostFacts, WANTED_PROGRAMS } from "./preflight.js"

type Env = Readonly<Record<string, string | undefined>>

/** Folders of system programs that an ordinary PATH may lack. */
const SYSTEM = ["/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/local/go/bin"]

/** PATH with the folders of system programs behind it. */
export function systemPath(env: Env): string {
  const own = (env.PATH ?? "/usr/bin:/bin").split(delimiter)
  return [...own, ...SYSTEM.filter((folder) => !own.includes(folder))].join(delimiter)
}

/** Looks at the machine; starts nothing but `go version`. */
export async function gatherHostFacts(cache: string, env: Env): Promise<HostFacts> {
  const path = systemPath(env)
  const programs = new Set(WANTED_PROGRAMS.filter((program) => findProgram(program, path) !== undefined))
  return {
    platform: process.platform,
    architecture: process.arch,
    uid: process.getuid?.() ?? -1,
    go: programs.has("go") ? await goVersion(path, env) : undefined,
    freeBytes: freeBytes(cache),
    cache,
    programs,
    files: new Set([DEBIAN_KEYRING].filter((file) => existsSync(file))),
    filesystems: existsSync("/proc/filesystems") ? readFileSync("/proc/filesystems", "utf8") : "",
  }
}

/** Gives the path of a program, as a shell would find it. */
export function findProgram(name: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable)
}

/** Free bytes where a folder lies or will lie. */
export function freeBytes(folder: string): number {
  if (!existsSync(folder)) return freeBytes(dirname(folder))
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

async function goVersion(path: string, env: Env): Promise<string | undefined> {
  const result = await execa("go", ["version"], {
    env: { ...env, PATH: path, GOTOOLCHAIN: "local" },
    extendEnv: false,
    reject: false,
  })
  return /go(\d+\.\d+(?:\.\d+)?)/.exec(String(result.stdout))?.[1]
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
