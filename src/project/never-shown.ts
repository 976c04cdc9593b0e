/**
 * What no view of a project ever shows, in the syntax of `.dockerignore`: git's own data, our runs,
 * virtual environments and caches, also where no `.gitignore` names them.
 */
export const NEVER_SHOWN: readonly string[] = [
  "**/.git",
  "**/.quillon",
  "**/.venv",
  "**/__pycache__",
  "**/node_modules",
  "**/.tox",
  "**/.nox",
  "**/.mypy_cache",
  "**/.pytest_cache",
  "**/.ruff_cache",
  "**/.eggs",
]

const FOLDERS = new Set(NEVER_SHOWN.map((pattern) => pattern.replace("**/", "")))

/** True where a folder of this name is never shown. */
export function isNeverShown(name: string): boolean {
  return FOLDERS.has(name)
}
