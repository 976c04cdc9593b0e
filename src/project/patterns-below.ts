import { NEVER_SHOWN } from "./never-shown.js"
import type { FilePatterns } from "./project.js"

/**
 * Patterns of a project as patterns of a folder above it, with what is never shown. Asked for a folder below a git root,
 * the engine would apply the rules of `.gitignore` and then include all of that folder, whatever the patterns say
 * (Dagger 0.21.7); so views are made at the root.
 */
export function patternsBelow(
  path: string,
  { include, exclude }: FilePatterns,
): { include: string[]; exclude: string[] } {
  const hidden = [...exclude, ...NEVER_SHOWN]
  if (path === ".") return { include: [...include], exclude: hidden }
  const folder = path.replace(/[\\*?[\]!]/g, "\\$&")
  const move = (pattern: string) =>
    pattern.startsWith("!") ? `!${folder}/${pattern.slice(1)}` : `${folder}/${pattern.replace(/^\//, "")}`
  return { include: include.length === 0 ? [`${folder}/**`] : include.map(move), exclude: hidden.map(move) }
}

/** The folder so many levels above a path, which may go no further up than to `.`. */
export function folderAbove(path: string, levels: number): string {
  return path.split("/").slice(0, -levels).join("/") || "."
}
