import { existsSync, readdirSync, realpathSync } from "node:fs"
import { mkdir, rm, symlink } from "node:fs/promises"
import { homedir } from "node:os"
import { delimiter, join } from "node:path"
import type { EnginePaths } from "../engine/paths.js"
import { engineStatus } from "../engine/status.js"
import { timeProcess } from "./clock.js"

/** An interpreter of this machine. */
export interface HostInterpreter {
  /** `X.Y`. */
  readonly version: string
  /** `X.Y.Z`. */
  readonly full: string
  readonly path: string
  /** Who compiled it: those of distributions are optimised by profile, pyenv's only when asked. */
  readonly origin: string
}

type Env = Readonly<Record<string, string | undefined>>

const FACTS =
  "import platform, sysconfig; print(platform.python_version(), '--enable-optimizations' in (sysconfig.get_config_var('CONFIG_ARGS') or ''))"

/** The machine's interpreter of a version: what PATH has, shims left aside, else what pyenv has. */
export async function findInterpreter(version: string, env: Env): Promise<HostInterpreter | undefined> {
  const onPath = (env.PATH ?? "").split(delimiter).filter((folder) => !folder.endsWith("/shims"))
  const pyenv = pyenvFolders(version, env)
  for (const folder of [...onPath, ...pyenv]) {
    const candidate = join(folder, `python${version}`)
    if (!existsSync(candidate)) continue
    const { code, out } = await timeProcess([candidate, "-c", FACTS], { cwd: "/", env })
    const [full = "", optimised] = out.split(" ")
    if (code !== 0) continue
    const own = optimised === "True" ? "pyenv, optimised" : "pyenv, not optimised by profile"
    return { version, full, path: candidate, origin: pyenv.includes(folder) ? own : "from PATH" }
  }
  return undefined
}

function pyenvFolders(version: string, env: Env): readonly string[] {
  const versions = join(env.PYENV_ROOT ?? join(homedir(), ".pyenv"), "versions")
  if (!existsSync(versions)) return []
  return readdirSync(versions)
    .filter((name) => name.startsWith(`${version}.`))
    .map((name) => join(realpathSync(join(versions, name)), "bin"))
}

/** Interpreters that the engine of these paths serves, `X.Y` to what its image says of itself. */
export async function engineInterpreters(paths: EnginePaths): Promise<ReadonlyMap<string, string>> {
  const status = await engineStatus(paths)
  return new Map(
    status.images.flatMap(({ name, origin }) => {
      const version = /^python:(\d+\.\d+)-slim$/.exec(name)?.[1]
      return version === undefined ? [] : [[version, origin] as const]
    }),
  )
}

/** Makes a folder in which `pythonX.Y` is a link to each interpreter, for PATH. */
export async function linkInterpreters(chosen: readonly HostInterpreter[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const { version, path } of chosen) {
    const link = join(folder, `python${version}`)
    await rm(link, { force: true })
    await symlink(path, link)
  }
}
