import type { ProjectFiles } from "./files.js"
import { globToRegExp } from "./glob.js"
import { asStrings, readToml } from "./toml.js"
import { join } from "./tree.js"

/**
 * Path of the `uv.lock` of the workspace that the project is a member of, relative to the project (`../../uv.lock`);
 * undefined when it is in none. `path` is the project's own, relative to the git root.
 */
export async function findWorkspaceLock(files: ProjectFiles, path: string): Promise<string | undefined> {
  const parts = join("", path)
    .split("/")
    .filter((part) => part !== "")
  for (let up = 1; up <= parts.length; up++) {
    const folder = "../".repeat(up)
    const text = await files.read(`${folder}pyproject.toml`)
    if (text === undefined) continue
    const workspace = readToml(text, `${folder}pyproject.toml`)
    const members = asStrings(workspace.get("tool", "uv", "workspace", "members"))
    const excluded = asStrings(workspace.get("tool", "uv", "workspace", "exclude"))
    const own = parts.slice(parts.length - up).join("/")
    const matches = (patterns: readonly string[]): boolean =>
      patterns.some((pattern) => globToRegExp(join("", pattern)).test(own))
    if (!matches(members) || matches(excluded)) continue
    const lock = `${folder}uv.lock`
    return (await files.read(lock)) === undefined ? undefined : lock
  }
  return undefined
}
