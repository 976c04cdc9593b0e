import { existsSync, readdirSync } from "node:fs"
import { homedir } from "node:os"
import { delimiter, join } from "node:path"
import { execa } from "execa"

/** Interpreters of this machine among the wanted ones, by `X.Y`: what PATH has, shims left aside, else what pyenv has. */
export async function hostPythons(wanted: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const found = await Promise.all(wanted.map(async (version) => [version, await findPython(version)] as const))
  return Object.fromEntries(found.flatMap(([version, path]) => (path === undefined ? [] : [[version, path]])))
}

async function findPython(version: string): Promise<string | undefined> {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.endsWith("/shims"))
  const pyenv = join(process.env.PYENV_ROOT ?? join(homedir(), ".pyenv"), "versions")
  const kept = existsSync(pyenv) ? readdirSync(pyenv).filter((name) => name.startsWith(`${version}.`)) : []
  for (const folder of [...folders, ...kept.map((name) => join(pyenv, name, "bin"))]) {
    const path = join(folder, `python${version}`)
    if (existsSync(path) && (await execa(path, ["-c", "import venv"], { reject: false })).exitCode === 0) return path
  }
  return undefined
}
