import { homedir } from "node:os"
import { join } from "node:path"
import type { Io } from "./io.js"

/** Where things of this person are cached: `$XDG_CACHE_HOME/quillon`, else `~/.cache/quillon`. */
export function cacheFolder(env: Io["env"]): string {
  const { XDG_CACHE_HOME: xdg } = env
  return join(xdg !== undefined && xdg !== "" ? xdg : join(homedir(), ".cache"), "quillon")
}
