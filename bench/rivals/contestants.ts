import { mkdir, rm, writeFile } from "node:fs/promises"
import { delimiter, join } from "node:path"
import { timeProcess } from "../clock.js"
import type { Breadth, ContestantName, Sample } from "../measure.js"
import { NOXFILE, noxfile } from "./nox.js"
import { type RivalPlan, shellScript } from "./script.js"
import { toxIni } from "./tox.js"

/** Somebody who can run the cells of a project in a tree of his own. */
export interface Contestant {
  readonly name: ContestantName
  /** The tree that he works in. */
  readonly folder: string
  run(breadth: Breadth): Promise<Sample>
  /** Takes away what a run leaves that is not meant to be remembered. */
  forget(): Promise<void>
  /** Takes away all that earlier runs left: environments, caches, layers. */
  forgetAll(): Promise<void>
}

/** Where the rivals work, and with what. */
export interface RivalRoom {
  readonly name: Exclude<ContestantName, "quillon">
  /** The project's copy. */
  readonly folder: string
  /** The rival's own caches. */
  readonly cache: string
  /** Folders before PATH: the rivals' programs, the interpreters. */
  readonly path: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
}

const FILES = { script: "ci.sh", nox: NOXFILE, tox: "bench-tox.ini" }

const COMMANDS = {
  script: ["bash", FILES.script],
  nox: ["nox", "--noxfile", FILES.nox, "--parallel", "auto"],
  tox: ["tox", "-p", "-c", FILES.tox],
}

/** Writes a rival's configuration into his copy. `core` and `all` are plans without and with further stages. */
export async function createRival(room: RivalRoom, plans: Readonly<Record<Breadth, RivalPlan>>): Promise<Contestant> {
  const { name, folder, cache } = room
  const env = rivalEnvironment(room)
  await write(plans.core)
  return {
    name,
    folder,
    async run(breadth) {
      // Written before the clock starts; the same text unless the breadth changed.
      await write(plans[breadth])
      const { seconds, code, out, err } = await timeProcess(COMMANDS[name], { cwd: folder, env })
      await writeFile(join(folder, ".git", `bench-${name}.log`), `${out}\n${err}`)
      return { seconds, code }
    },
    forget: async () => {},
    async forgetAll() {
      const left = [".venv", ".nox", ".tox", "dist", "build", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".logs"]
      for (const part of left) await rm(join(folder, part), { recursive: true, force: true })
      await rm(cache, { recursive: true, force: true })
      await mkdir(cache, { recursive: true })
    },
  }

  async function write(plan: RivalPlan) {
    const text = name === "script" ? shellScript(plan) : name === "nox" ? noxfile(plan) : toxIni(plan)
    await writeFile(join(folder, FILES[name]), text)
  }
}

/** The person's environment, less what would slow a rival down or lead it to caches that are not its own. */
function rivalEnvironment({ cache, path, env }: RivalRoom): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !/^(PYTHON|VIRTUAL_ENV|UV_|NOX_|TOX_)/.test(entry[0]),
  )
  return {
    ...Object.fromEntries(kept),
    PATH: [...path, env.PATH ?? ""].join(delimiter),
    UV_CACHE_DIR: join(cache, "uv"),
    XDG_CACHE_HOME: cache,
    UV_PYTHON_DOWNLOADS: "never",
    UV_SYSTEM_CERTS: "1",
  }
}
